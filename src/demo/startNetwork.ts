import { numInputChannels, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import type { Network } from '../network/network.ts';

export interface StartedNetwork {
  readonly numClasses: number;
  /** [numClasses] probabilities of one picture, whose RGB pixels are framed as the spec says. */
  readonly classify: (pixels: Uint8ClampedArray) => Promise<Float32Array>;
}

/** Makes a classifier's network ready to run on the current backend. Errors: base-invalid. */
export function startNetwork(network: Network, spec: PreprocessingSpec): StartedNetwork {
  const inputShape = [spec.inputHeight, spec.inputWidth, numInputChannels(spec)];
  const plan = createPlan(network, inputShape);
  const classify = (pixels: Uint8ClampedArray) => {
    const values = new Float32Array(plan.inputSize);
    writeInput(pixels, spec, values, 0);
    return plan.run(values, 1);
  };
  return { numClasses: plan.outputSize, classify };
}
