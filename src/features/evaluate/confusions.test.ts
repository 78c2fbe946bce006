import { expect, test } from 'vitest';
import { largestConfusions } from './confusions.ts';

const matrix = [
  [9, 1, 0],
  [0, 8, 4],
  [2, 0, 7],
];

test('names the largest mistakes first, and no correct cell', () => {
  expect(largestConfusions(matrix, 2)).toEqual([
    { cell: { trueIndex: 1, predictedIndex: 2 }, count: 4 },
    { cell: { trueIndex: 2, predictedIndex: 0 }, count: 2 },
  ]);
});

test('finds nothing where every answer is right', () => {
  expect(
    largestConfusions(
      [
        [5, 0],
        [0, 5],
      ],
      3,
    ),
  ).toEqual([]);
});
