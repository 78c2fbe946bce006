import { describe, expect, it } from 'vitest';
import { evaluate, indexOfLargest, wilsonInterval } from './metrics.ts';

// 12 photos of classes 0 to 2; class 3 has none but is predicted once.
const trueIndices = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2];
const predictedIndices = [0, 0, 1, 2, 1, 1, 0, 2, 2, 2, 0, 3];

function oneHot(indices: readonly number[], numClasses: number): Float32Array {
  const values = new Float32Array(indices.length * numClasses);
  for (const [row, index] of indices.entries()) values[row * numClasses + index] = 1;
  return values;
}

describe('evaluate', () => {
  const evaluation = evaluate({
    trueIndices,
    probabilities: oneHot(predictedIndices, 4),
    numClasses: 4,
  });

  // Figures: scikit-learn 1.x, confusion_matrix and precision_recall_fscore_support with
  // zero_division=0; the averages over the labels that have photos (0, 1, 2).
  it('has true classes in rows and predicted classes in columns', () => {
    expect(evaluation.confusionMatrix).toEqual([
      [2, 1, 1, 0],
      [1, 2, 0, 0],
      [1, 0, 3, 1],
      [0, 0, 0, 0],
    ]);
    expect(evaluation.numSamples).toBe(12);
    expect(evaluation.accuracy).toBeCloseTo(7 / 12, 12);
  });

  it('agrees with scikit-learn per class', () => {
    const column = (metric: 'precision' | 'recall' | 'f1' | 'support') =>
      evaluation.perClass.map((metrics) => metrics[metric]);
    expect(column('precision')).toEqual([0.5, 2 / 3, 0.75, 0]);
    expect(column('recall')).toEqual([0.5, 2 / 3, 0.6, 0]);
    expect(column('f1')).toEqual([0.5, 2 / 3, 2 / 3, 0]);
    expect(column('support')).toEqual([4, 3, 5, 0]);
  });

  it('agrees with scikit-learn on the averages', () => {
    expect(evaluation.macro.precision).toBeCloseTo(0.6388888888888888, 12);
    expect(evaluation.macro.recall).toBeCloseTo(0.5888888888888889, 12);
    expect(evaluation.macro.f1).toBeCloseTo(0.611111111111111, 12);
    expect(evaluation.weighted.precision).toBeCloseTo(0.6458333333333334, 12);
    expect(evaluation.weighted.recall).toBeCloseTo(0.5833333333333334, 12);
    expect(evaluation.weighted.f1).toBeCloseTo(0.611111111111111, 12);
  });

  it('refuses an empty set rather than calling it anything', () => {
    expect(() =>
      evaluate({ trueIndices: [], probabilities: new Float32Array(), numClasses: 2 }),
    ).toThrow(RangeError);
  });
});

describe('indexOfLargest', () => {
  it('takes the first of equals, within its row', () => {
    expect(indexOfLargest([9, 1, 3, 3], 1, 3)).toBe(1);
  });
});

describe('wilsonInterval', () => {
  // Newcombe (1998), Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is that of the literature', (numHits, numTrials, low, high) => {
    const interval = wilsonInterval(numHits, numTrials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});
