import type { AveragedMetrics, ClassMetrics, Evaluation } from './evaluation.ts';

export interface EvaluationInput {
  /** [numSamples]; at least one. */
  readonly trueIndices: readonly number[];
  /** [numSamples, numClasses], row by row. */
  readonly probabilities: ArrayLike<number>;
  readonly numClasses: number;
}

/** 97.5 % quantile of the normal distribution. */
const Z_95 = 1.959963984540054;

/** Measures a classifier on photos that it was not trained on. Ratios without a denominator are 0. */
export function evaluate({ trueIndices, probabilities, numClasses }: EvaluationInput): Evaluation {
  const numSamples = trueIndices.length;
  if (numSamples === 0) throw new RangeError('Nothing to evaluate');
  const confusionMatrix = Array.from({ length: numClasses }, () => zeros(numClasses));
  for (const [sample, trueIndex] of trueIndices.entries()) {
    const row = confusionMatrix[trueIndex];
    if (row === undefined) throw new RangeError(`No class ${String(trueIndex)}`);
    const predicted = indexOfLargest(probabilities, sample * numClasses, numClasses);
    row[predicted] = (row[predicted] ?? 0) + 1;
  }
  const perClass = confusionMatrix.map((_, index) => classMetrics(confusionMatrix, index));
  const numCorrect = sum(confusionMatrix.map((row, index) => row[index] ?? 0));
  return {
    numSamples,
    accuracy: numCorrect / numSamples,
    interval: wilsonInterval(numCorrect, numSamples),
    confusionMatrix,
    perClass,
    macro: averaged(perClass, ({ support }) => (support > 0 ? 1 : 0)),
    weighted: averaged(perClass, ({ support }) => support),
  };
}

/** Position, from `start`, of the largest of `length` values; the first of equals. */
export function indexOfLargest(values: ArrayLike<number>, start: number, length: number): number {
  let best = 0;
  for (let index = 1; index < length; index++) {
    if ((values[start + index] ?? 0) > (values[start + best] ?? 0)) best = index;
  }
  return best;
}

/** 95 % score interval of a proportion (Wilson 1927), sensible for few photos and near 0 and 1. */
export function wilsonInterval(
  numHits: number,
  numTrials: number,
): { readonly low: number; readonly high: number } {
  const share = numHits / numTrials;
  const spread = Z_95 ** 2 / numTrials;
  const centre = (share + spread / 2) / (1 + spread);
  const halfWidth =
    (Z_95 * Math.sqrt((share * (1 - share) + spread / 4) / numTrials)) / (1 + spread);
  return { low: Math.max(0, centre - halfWidth), high: Math.min(1, centre + halfWidth) };
}

function classMetrics(matrix: readonly (readonly number[])[], index: number): ClassMetrics {
  const numCorrect = matrix[index]?.[index] ?? 0;
  const support = sum(matrix[index] ?? []);
  const numPredicted = sum(matrix.map((row) => row[index] ?? 0));
  return {
    precision: ratio(numCorrect, numPredicted),
    recall: ratio(numCorrect, support),
    f1: ratio(2 * numCorrect, support + numPredicted),
    support,
  };
}

function averaged(
  perClass: readonly ClassMetrics[],
  weightOf: (metrics: ClassMetrics) => number,
): AveragedMetrics {
  const total = sum(perClass.map(weightOf));
  const mean = (metric: keyof AveragedMetrics) =>
    ratio(sum(perClass.map((metrics) => metrics[metric] * weightOf(metrics))), total);
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}
