import { useEffect, useState } from 'react';
import { toGraftError } from '../../domain/errors.ts';
import type { HeldOutOutcomes } from '../../domain/head.ts';
import type { HeadId } from '../../domain/ids.ts';
import type { Failure } from '../../state/failure.ts';
import { useAppState } from '../../state/useAppState.ts';

export type Outcomes =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly outcomes: HeldOutOutcomes }
  | { readonly status: 'failed'; readonly failure: Failure };

/** The head's answers on its held-out photos. */
export function useOutcomes(headId: HeadId): Outcomes {
  const loadOutcomes = useAppState((state) => state.loadOutcomes);
  const [loaded, setLoaded] = useState<{ headId: HeadId; result: Outcomes } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void loadOutcomes(headId)
      .then((outcomes): Outcomes => ({ status: 'ready', outcomes }))
      .catch((thrown: unknown): Outcomes => ({ status: 'failed', failure: toGraftError(thrown) }))
      .then((result) => {
        if (isCurrent) setLoaded({ headId, result });
      });
    return () => {
      isCurrent = false;
    };
  }, [headId, loadOutcomes]);
  return loaded?.headId === headId ? loaded.result : { status: 'loading' };
}
