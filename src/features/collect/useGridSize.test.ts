import { expect, test } from 'vitest';
import { gridSize } from './useGridSize.ts';

test.each([0, 40, 320, 559, 560, 1120, 3000])(
  'a grid %d pixels wide is filled by its columns',
  (width) => {
    const { numColumns, rowHeight } = gridSize(width);
    expect(numColumns).toBeGreaterThanOrEqual(1);
    // Tiles are square with 8 pixels between them, so a row is as tall as a column is wide.
    expect(numColumns * rowHeight - 8).toBeCloseTo(width);
  },
);

test('tiles are smaller on a phone', () => {
  expect(gridSize(350).numColumns).toBe(3);
  expect(gridSize(1120).numColumns).toBe(8);
});
