import { expect, it } from 'vitest';
import { percent, spreadOf, typicalSeconds } from './statistics.ts';

it('gives mean and standard deviation of the sample', () => {
  // Squares of the distances from 0.85: 4, 0, 4 ten-thousandths, over two.
  const { mean, deviation } = spreadOf([0.83, 0.85, 0.87]);
  expect(mean).toBeCloseTo(0.85, 12);
  expect(deviation).toBeCloseTo(0.02, 12);
  expect(spreadOf([0.5])).toEqual({ mean: 0.5, deviation: null });
});

it('writes shares and durations', () => {
  expect(percent({ mean: 0.8901, deviation: 0.0066 })).toBe('89.0 ± 0.7 %');
  expect(percent({ mean: 0.5, deviation: null })).toBe('50.0 %');
  expect(typicalSeconds([900, 1400, 20_000])).toBe('1.4 s');
});
