import type { Averaging, MeasuredAveraging } from '../domain/averaging.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';

/** The head worker's answers to what averaging over views would bring. */
export interface AveragingMethods {
  /**
   * Measures a run's head on its held-out photos with their probabilities averaged over views, whose
   * activations have been stored. Errors: not-found {missing}, cancelled; of a run that trained layers of
   * the base, those of `readBase`.
   */
  measureAveraging: {
    params: { readonly run: CompletedRun; readonly averaging: Averaging };
    result: MeasuredAveraging;
    progress: never;
  };
}
