import { useEffect, useState } from 'react';
import type { BaseModel } from '../../domain/baseModel.ts';
import type { BaseSummary } from '../../domain/baseSummary.ts';
import { toGraftError } from '../../domain/errors.ts';
import type { Failure } from '../../state/failure.ts';
import { useAppState } from '../../state/useAppState.ts';

export type SummaryStatus =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly summary: BaseSummary }
  | { readonly status: 'failed'; readonly failure: Failure };

/** The inside of a base that is at hand, read by the worker. */
export function useBaseSummary({ id }: BaseModel): SummaryStatus {
  const describeBase = useAppState((state) => state.describeBase);
  const [found, setFound] = useState<{ readonly id: string; readonly status: SummaryStatus }>();
  useEffect(() => {
    let isCurrent = true;
    const show = (status: SummaryStatus) => {
      if (isCurrent) setFound({ id, status });
    };
    describeBase(id).then(
      (summary) => {
        show({ status: 'ready', summary });
      },
      (thrown: unknown) => {
        const { code, details, message } = toGraftError(thrown);
        show({ status: 'failed', failure: { code, details, message } });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [id, describeBase]);
  return found?.id === id ? found.status : { status: 'loading' };
}
