import type { HiddenActivation } from './hiddenActivation.ts';
import type { HeadId, RunId, SampleId, Sha256 } from './ids.ts';
import type { TensorRole } from './tensorRole.ts';
import type { ClassifierSpec, SplitPart } from './trainingRun.ts';

/** `inputs · kernel + bias` */
interface DenseWeights {
  /** [inputSize, outputSize], row by row. */
  readonly kernel: Float32Array;
  /** [outputSize] */
  readonly bias: Float32Array;
}

export interface HiddenWeights extends DenseWeights {
  readonly activation: HiddenActivation;
}

/**
 * A softmax layer, behind hidden layers if there are any. The first layer takes raw (not standardised)
 * activations.
 */
export interface HeadWeights extends DenseWeights {
  /** From the activations upwards. */
  readonly hidden?: readonly HiddenWeights[];
}

/** Length of the activations that the head takes; no whole number where a kernel and its bias do not fit. */
export function activationSizeOf(weights: HeadWeights): number {
  const { kernel, bias } = weights.hidden?.[0] ?? weights;
  return kernel.length / bias.length;
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

/** Of a head that came without its photos. */
export const NO_OUTCOMES: HeldOutOutcomes = {
  sampleIds: [],
  imageHashes: [],
  parts: [],
  trueIndices: [],
  probabilities: new Float32Array(),
};

/** A tensor of a layer of the base, as training has changed it. */
export interface TunedTensor {
  /** Of the layer, in the base. */
  readonly position: number;
  readonly role: TensorRole;
  readonly shape: readonly number[];
  /** Row by row. */
  readonly values: Float32Array;
}

export interface Head {
  readonly id: HeadId;
  readonly runId: RunId;
  readonly classifier: ClassifierSpec;
  readonly weights: HeadWeights;
  /** Takes the place of the base's, where its layers were trained too. */
  readonly tuned?: readonly TunedTensor[];
  readonly heldOut: HeldOutOutcomes;
}
