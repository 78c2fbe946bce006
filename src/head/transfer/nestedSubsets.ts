import { createRandom } from '../../domain/random.ts';

/** 1, 2, 4, … below the number of the largest class, then everything. */
export function doublings(numOfLargestClass: number): readonly number[] {
  const caps: number[] = [];
  for (let cap = 1; cap < numOfLargestClass; cap *= 2) caps.push(cap);
  return [...caps, Infinity];
}

/**
 * For each cap the `rows` to train on, in their order, with at most so many of each class. Each subset
 * holds those of smaller caps; the seed draws which rows come first.
 */
export function nestedSubsets(
  classIndices: Int32Array,
  rows: readonly number[],
  caps: readonly number[],
  seed: number,
): readonly (readonly number[])[] {
  const ranks = new Map<number, number>();
  const counts = new Map<number, number>();
  for (const row of createRandom(seed).shuffled(rows)) {
    const classIndex = classIndices[row] ?? 0;
    const rank = counts.get(classIndex) ?? 0;
    ranks.set(row, rank);
    counts.set(classIndex, rank + 1);
  }
  return caps.map((cap) => rows.filter((row) => (ranks.get(row) ?? 0) < cap));
}
