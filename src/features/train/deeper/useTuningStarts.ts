import { useEffect, useState } from 'react';
import type { LayerSummary } from '../../../domain/baseSummary.ts';
import type { Project } from '../../../domain/project.ts';
import { tuningStarts, type TuningStart } from '../../../domain/tuningStarts.ts';
import { useAppState } from '../../../state/useAppState.ts';

interface FoundLayers {
  readonly baseId: string;
  readonly layers: readonly LayerSummary[];
}

export interface TuningStarts {
  /** The latest first; empty for a base that cannot be trained. */
  readonly starts: readonly TuningStart[];
  /** Whether the base has layers that drop values at random. */
  readonly hasDropout: boolean;
}

/** Where training of the project's base could start; `null` while the base is being read. */
export function useTuningStarts(project: Pick<Project, 'baseId' | 'cut'>): TuningStarts | null {
  const { baseId, cut } = project;
  const describeBase = useAppState((state) => state.describeBase);
  const [found, setFound] = useState<FoundLayers | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const show = (layers: readonly LayerSummary[]) => {
      if (isCurrent) setFound({ baseId, layers });
    };
    describeBase(baseId).then(
      ({ layers }) => {
        show(layers);
      },
      // What is wrong with the base is said where it is trained.
      () => {
        show([]);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [baseId, describeBase]);
  if (found?.baseId !== baseId) return null;
  return {
    starts: tuningStarts(found.layers, cut),
    hasDropout: found.layers.some(({ kind }) => kind === 'dropout'),
  };
}
