import type { ClassifierSpec } from './trainingRun.ts';

/** A head that follows the photos as they are added: linear, on activations of length 1. Never stored. */
export interface LiveHead {
  readonly classifier: ClassifierSpec;
  /** [activationSize, numClasses], row by row. */
  readonly kernel: Float32Array;
  /** [numClasses] */
  readonly bias: Float32Array;
  /** That it has learnt from. */
  readonly numPhotos: number;
}

/** A copy of length 1; zeros stay zeros. */
export function unitLength(activation: Float32Array): Float32Array {
  let sum = 0;
  for (const value of activation) sum += value * value;
  const length = Math.sqrt(sum);
  return length === 0 ? activation.slice() : activation.map((value) => value / length);
}

/** Probabilities, [numClasses], of one raw activation. */
export function applyLiveHead(
  { kernel, bias }: Pick<LiveHead, 'kernel' | 'bias'>,
  activation: Float32Array,
): number[] {
  const logits = Float64Array.from(bias);
  for (const [row, value] of unitLength(activation).entries()) {
    for (let c = 0; c < logits.length; c++) {
      logits[c] = (logits[c] ?? 0) + value * (kernel[row * logits.length + c] ?? 0);
    }
  }
  const largest = logits.reduce((max, logit) => Math.max(max, logit), -Infinity);
  const powers = [...logits].map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
