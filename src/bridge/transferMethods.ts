import type { OwnClasses } from '../domain/baseSummary.ts';
import type { Sha256 } from '../domain/ids.ts';
import type { LearningCurve } from '../domain/learningCurve.ts';
import type { ClassifierSpec, RunSample } from '../domain/trainingRun.ts';
import type { MeasuredAccuracy, TransferReport } from '../domain/transferReport.ts';

/** Photos to measure a base on, up to a cut. Their activations have been stored. */
export interface TransferParams {
  readonly classifier: ClassifierSpec;
  readonly samples: readonly RunSample[];
  readonly seed: number;
}

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** The head worker's answers to whether a base helps. Errors of all: not-found {missing}, too-few-classes, loss-not-finite. */
export interface TransferMethods {
  /** Whether the base helps, beside controls; needs the photos' colour histograms too. */
  checkTransfer: {
    params: TransferParams & {
      /** Under which the activations of the same architecture with random weights are; `null` for none. */
      readonly randomHash: Sha256 | null;
      /** The base's, its answers stored as activations at their cut; `null` where it has none. */
      readonly ownClasses: OwnClasses | null;
    };
    result: TransferReport;
    progress: Progress;
  };
  /** Accuracy at one cut, without what else a check tells. */
  measureCut: { params: TransferParams; result: MeasuredAccuracy; progress: Progress };
  /** Accuracy by photos per class. */
  learningCurve: { params: TransferParams; result: LearningCurve; progress: Progress };
}
