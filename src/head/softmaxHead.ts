import { activationSizeOf, type HeadWeights } from '../domain/head.ts';
import type { HiddenActivation } from '../domain/hiddenActivation.ts';

/**
 * The head's answers on raw activations [numSamples, activationSize]:
 * probabilities [numSamples, numClasses], row by row.
 */
export function applyHead(activations: Float32Array, weights: HeadWeights): Float32Array {
  const { hidden = [], kernel, bias } = weights;
  const activationSize = activationSizeOf(weights);
  const numClasses = bias.length;
  const numSamples = activations.length / activationSize;
  const probabilities = new Float32Array(numSamples * numClasses);
  for (let sample = 0; sample < numSamples; sample++) {
    const start = sample * activationSize;
    let row: Float32Array | Float64Array = activations.subarray(start, start + activationSize);
    for (const layer of hidden) {
      row = applyDense(row, layer.kernel, layer.bias).map(ACTIVATE[layer.activation]);
    }
    probabilities.set(softmax(applyDense(row, kernel, bias)), sample * numClasses);
  }
  return probabilities;
}

const ACTIVATE: Readonly<Record<HiddenActivation, (value: number) => number>> = {
  relu: (value) => Math.max(value, 0),
  elu: (value) => (value > 0 ? value : Math.expm1(value)),
  tanh: Math.tanh,
  sigmoid: (value) => 1 / (1 + Math.exp(-value)),
};

function applyDense(
  inputs: Float32Array | Float64Array,
  kernel: Float32Array,
  bias: Float32Array,
): Float64Array {
  const outputs = Float64Array.from(bias);
  const outputSize = bias.length;
  for (const [row, value] of inputs.entries()) {
    // Behind a ReLU, where heads usually begin, most are.
    if (value === 0) continue;
    for (let column = 0; column < outputSize; column++) {
      const weight = kernel[row * outputSize + column] ?? 0;
      outputs[column] = (outputs[column] ?? 0) + value * weight;
    }
  }
  return outputs;
}

/** Probabilities of one sample, [numClasses]. */
export function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((max, logit) => Math.max(max, logit), -Infinity);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
