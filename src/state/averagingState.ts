import type { CompletedRun } from '../domain/trainingRun.ts';
import type { Failure } from './failure.ts';

export type AveragingStatus =
  | { readonly status: 'idle' }
  | {
      readonly status: 'measuring';
      /** Views computed, of those that were missing. */
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number | null;
    }
  | { readonly status: 'failed'; readonly failure: Failure };

/** What averaging over views at prediction would bring. */
export interface AveragingSlice {
  readonly averagingStatus: AveragingStatus;
  /** Measures a run of the open project with every averaging that is offered, fewest views first, and keeps what it finds. */
  readonly measureAveragings: (run: CompletedRun) => Promise<void>;
  /** Keeps the views that are stored and what was found. */
  readonly cancelAveraging: () => void;
}
