import { expect, it } from 'vitest';
import { dealFolds, dealViewFolds } from './folds.ts';

const classes = Int32Array.from({ length: 40 }, (_, row) => (row < 30 ? 0 : 1 + (row % 2)));

it('deals every photo once, each class evenly', () => {
  const { heldOut, always } = dealFolds(classes, 3, 1);
  expect(always).toEqual([]);
  expect(heldOut.flat().toSorted((a, b) => a - b)).toEqual([...classes.keys()]);
  for (const classIndex of [0, 1, 2]) {
    const counts = heldOut.map((fold) => fold.filter((row) => classes[row] === classIndex).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(2);
  }
});

it('deals otherwise with another seed only', () => {
  expect(dealFolds(classes, 3, 1)).toEqual(dealFolds(classes, 3, 1));
  expect(dealFolds(classes, 3, 2)).not.toEqual(dealFolds(classes, 3, 1));
});

it('never holds out the only photo of a class', () => {
  const { heldOut, always } = dealFolds(Int32Array.of(0, 1, 1, 2, 2, 2), 3, 1);
  expect(always).toEqual([0]);
  for (const fold of heldOut) {
    const trained = [0, 1, 2, 3, 4, 5].filter((row) => !fold.includes(row));
    expect(new Set(trained.map((row) => [0, 1, 1, 2, 2, 2][row])).size).toBe(3);
  }
});

it('has fewer folds, none of them empty, where photos are few', () => {
  expect(dealFolds(Int32Array.of(0, 1), 3, 1)).toEqual({ heldOut: [], always: [0, 1] });
  const { heldOut } = dealFolds(Int32Array.of(0, 0, 1), 3, 1);
  expect(heldOut.map((fold) => fold.length)).toEqual([1, 1]);
});

it('keeps all views of a photo on its side, and measures photos as they are', () => {
  const rowsPerPhoto = 4;
  const classIndices = Int32Array.from({ length: 160 }, (_, row) =>
    row < 156 ? Math.floor(row / rowsPerPhoto) % 3 : 3,
  );
  const part = { activations: new Float32Array(), classIndices, rowsPerPhoto };
  const { folds, always } = dealViewFolds(part, 3, 1);
  expect(always).toEqual([156, 157, 158, 159]);
  const photosOf = (rows: readonly number[]) =>
    new Set(rows.map((row) => Math.floor(row / rowsPerPhoto)));
  for (const { trained, measured } of folds) {
    const others = folds.flatMap((fold) => (fold.trained === trained ? [] : fold.trained));
    const seen = photosOf([...others, ...always]);
    expect([...photosOf(trained)].filter((photo) => seen.has(photo))).toEqual([]);
    expect(trained).toHaveLength(photosOf(trained).size * rowsPerPhoto);
    expect(measured).toEqual([...photosOf(trained)].map((photo) => photo * rowsPerPhoto));
  }
  const all = [...folds.flatMap(({ trained }) => trained), ...always];
  expect(all.toSorted((a, b) => a - b)).toEqual([...classIndices.keys()]);
});
