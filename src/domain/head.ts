import type { HeadId, RunId, SampleId, Sha256 } from './ids.ts';
import type { ClassifierSpec, SplitPart } from './trainingRun.ts';

/** Softmax over raw (not standardised) activations: `softmax(activation · kernel + bias)`. */
export interface HeadWeights {
  /** [activationSize, numClasses], row by row. */
  readonly kernel: Float32Array;
  /** [numClasses] */
  readonly bias: Float32Array;
}

/** The finished head's answers on photos that it was not trained on. */
export interface HeldOutOutcomes {
  readonly sampleIds: readonly SampleId[];
  readonly imageHashes: readonly Sha256[];
  readonly parts: readonly Exclude<SplitPart, 'train'>[];
  /** [numSamples] */
  readonly trueIndices: readonly number[];
  /** [numSamples, numClasses], row by row. */
  readonly probabilities: Float32Array;
}

export interface Head {
  readonly id: HeadId;
  readonly runId: RunId;
  readonly classifier: ClassifierSpec;
  readonly weights: HeadWeights;
  readonly heldOut: HeldOutOutcomes;
}
