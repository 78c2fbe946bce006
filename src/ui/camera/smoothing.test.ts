import { describe, expect, test } from 'vitest';
import { smooth, SMOOTHING_MS } from './smoothing.ts';

describe('smooth', () => {
  test('takes the first answer as it is', () => {
    expect(smooth(null, [0.2, 0.8], 16)).toEqual([0.2, 0.8]);
  });

  test('moves by 1 − 1/e in one time constant', () => {
    const [first = 0, second = 0] = smooth([0, 1], [1, 0], SMOOTHING_MS);
    expect(first).toBeCloseTo(1 - Math.exp(-1));
    expect(first + second).toBeCloseTo(1);
  });

  test('does not depend on how many frames fit into a time', () => {
    let inSteps: readonly number[] = [0, 1];
    for (let frame = 0; frame < 10; frame++) inSteps = smooth(inSteps, [1, 0], 20);
    expect(inSteps[0]).toBeCloseTo(smooth([0, 1], [1, 0], 200)[0] ?? 0);
  });

  test('begins again where the number of classes has changed', () => {
    expect(smooth([1, 0], [0.1, 0.2, 0.7], 16)).toEqual([0.1, 0.2, 0.7]);
  });
});
