import { useEffect } from 'react';
import type { LiveHead } from '../domain/liveHead.ts';
import { useAppState } from './useAppState.ts';

/**
 * The live head of the open project, kept up with its photos for as long as the component is there
 * and wants it;
 * `null` where there is none yet. It waits while photos are imported and while a head is trained.
 */
export function useLiveHead(isWanted = true): LiveHead | null {
  const project = useAppState((state) => state.project);
  const samples = useAppState((state) => state.samples);
  const isQuiet = useAppState(
    ({ training, intake }) =>
      intake.status === 'idle' && (training.status === 'idle' || training.status === 'failed'),
  );
  const refreshLive = useAppState((state) => state.refreshLive);
  const pauseLive = useAppState((state) => state.pauseLive);
  useEffect(() => {
    if (isWanted && isQuiet) void refreshLive();
    else pauseLive();
  }, [isWanted, isQuiet, project, samples, refreshLive, pauseLive]);
  useEffect(() => pauseLive, [pauseLive]);
  return useAppState((state) => state.liveHead);
}
