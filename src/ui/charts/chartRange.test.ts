import { expect, it } from 'vitest';
import { chartRange } from './chartRange.ts';

it('holds all intervals between tenths', () => {
  const { lines, heightOf } = chartRange([
    { low: 0.52, high: 0.61 },
    { low: 0.7, high: 0.88 },
  ]);
  expect(lines).toEqual([0.5, 0.6, 0.7, 0.8, 0.9]);
  expect(heightOf(0.7)).toBeCloseTo(50, 9);
});

it('draws fewer lines across a wide range, and has a range for a single value', () => {
  expect(chartRange([{ low: 0.05, high: 1 }]).lines).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(chartRange([{ low: 1, high: 1 }]).lines).toEqual([0.9, 1]);
  expect(chartRange([{ low: 0, high: 0 }]).lines).toEqual([0, 0.1]);
});
