import type { FileProblem } from './photoProblem.ts';

export interface Prediction {
  /** [numClasses], in the order of the head's labels; sums to 1. */
  readonly probabilities: readonly number[];
  /** From the frame's arrival in the worker to the probabilities. */
  readonly durationMs: number;
}

export type PhotoPrediction =
  | { readonly status: 'predicted'; readonly probabilities: readonly number[] }
  | {
      readonly status: 'rejected';
      readonly problem: FileProblem;
      readonly detail: string | null;
    };
