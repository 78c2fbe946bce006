import { expect, it } from 'vitest';
import { colourHistogram } from './colourHistogram.ts';

it('counts each pixel in the cell of its colour', () => {
  const red = [255, 0, 0, 255];
  const grey = [64, 127, 100, 255];
  const histogram = colourHistogram(Uint8ClampedArray.from([...red, ...grey, ...grey, ...grey]));
  expect(histogram).toHaveLength(64);
  expect(histogram[48]).toBe(0.5);
  expect(histogram[21]).toBeCloseTo(Math.sqrt(0.75), 6);
  expect(histogram.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(1, 6);
});
