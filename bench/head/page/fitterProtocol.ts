import type { ExactConfig, GradientConfig } from '../../../src/domain/headConfig.ts';
import type { ExactChoice } from '../../../src/domain/trainingRun.ts';

export type FitterBackend = 'wasm' | 'cpu';

/** Activations of photos with their classes. */
export interface LabelledRows {
  /** [numPhotos, activationSize] */
  readonly activations: Float32Array;
  /** [numPhotos] */
  readonly classIndices: Int32Array;
  readonly numClasses: number;
}

/** Rows to learn from and others to measure on. */
export interface Draw {
  readonly train: readonly number[];
  readonly heldOut: readonly number[];
}

/** What fits: one of Graft's solvers, or TF.js's layers as its own `fit` trains them. */
export type Contestant =
  | { readonly kind: 'graft'; readonly config: ExactConfig | GradientConfig }
  | {
      readonly kind: 'tfjs';
      /** `null`: the softmax alone. */
      readonly hiddenUnits: number | null;
      readonly epochs: number;
      readonly batchSize: number;
      readonly learningRate: number;
    };

export interface FitTrace {
  /** After each epoch or iteration, from the beginning of the fit. */
  readonly epochs: readonly { readonly ms: number; readonly heldOutAccuracy: number }[];
  /** Until the weights are there. */
  readonly durationMs: number;
  readonly chosen: ExactChoice | null;
}

/** Answered by a worker that fits heads on one backend. */
export interface FitterMethods {
  start: {
    params: { readonly backend: FitterBackend; readonly rows: LabelledRows };
    result: null;
    progress: never;
  };
  fit: {
    params: { readonly contestant: Contestant; readonly draw: Draw };
    result: FitTrace;
    progress: never;
  };
}
