import type { HeadWeights } from '../domain/head.ts';

/**
 * The head's answers on raw activations [numSamples, activationSize]:
 * probabilities [numSamples, numClasses], row by row.
 */
export function applyHead(activations: Float32Array, { kernel, bias }: HeadWeights): Float32Array {
  const numClasses = bias.length;
  const activationSize = kernel.length / numClasses;
  const numSamples = activations.length / activationSize;
  const probabilities = new Float32Array(numSamples * numClasses);
  const logits = new Float64Array(numClasses);
  for (let sample = 0; sample < numSamples; sample++) {
    logits.set(bias);
    for (let row = 0; row < activationSize; row++) {
      const value = activations[sample * activationSize + row] ?? 0;
      if (value === 0) continue;
      for (let column = 0; column < numClasses; column++) {
        const weight = kernel[row * numClasses + column] ?? 0;
        logits[column] = (logits[column] ?? 0) + value * weight;
      }
    }
    probabilities.set(softmax(logits), sample * numClasses);
  }
  return probabilities;
}

function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((max, logit) => Math.max(max, logit), -Infinity);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
