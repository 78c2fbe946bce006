import { useEffect, useState } from 'react';
import { cutKey } from '../../domain/cut.ts';
import type { Project } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';

/** How many of the project's photos are not computed yet at its cut; `null` until that is known. */
export function useMissingPhotos(project: Project): number | null {
  const countMissing = useAppState((state) => state.countMissing);
  const samples = useAppState((state) => state.samples);
  const { baseId, cut, framing } = project;
  const key = [baseId, cutKey(cut), framing, samples.length].join('|');
  const [found, setFound] = useState<{ readonly key: string; readonly count: number | null }>();
  useEffect(() => {
    let isCurrent = true;
    void countMissing().then((count) => {
      if (isCurrent) setFound({ key, count });
    });
    return () => {
      isCurrent = false;
    };
  }, [key, countMissing]);
  return found?.key === key ? found.count : null;
}
