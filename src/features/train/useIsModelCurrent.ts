import { selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { changedSettings, changesSince } from './runChanges.ts';

/** Whether the shown model knows the project as it is, so that training again would bring nothing new. */
export function useIsModelCurrent(): boolean {
  const run = useAppState(selectedRun);
  const samples = useAppState((state) => state.samples);
  const isIdle = useAppState((state) => state.training.status === 'idle');
  const project = useAppState((state) => state.project);
  if (run === null || project === null || !isIdle) return false;
  const { numAdded, numRemoved, numMoved } = changesSince(run, samples);
  return numAdded + numRemoved + numMoved + changedSettings(run, project).length === 0;
}
