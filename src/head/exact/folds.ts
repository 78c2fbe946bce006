import { createRandom } from '../../domain/random.ts';

export interface Folds {
  /** Rows to hold out in turn; none is empty. */
  readonly heldOut: readonly (readonly number[])[];
  /** Rows that are always trained on: photos that are the only ones of their class. */
  readonly always: readonly number[];
}

/**
 * Deals the photos of each class to `numFolds` folds, as evenly as they go, so that every class is
 * trained on whichever fold is held out. Fewer folds come back where there are too few photos.
 */
export function dealFolds(classIndices: Int32Array, numFolds: number, seed: number): Folds {
  const random = createRandom(seed);
  const rows = [...classIndices.keys()];
  const heldOut = Array.from({ length: numFolds }, (): number[] => []);
  const always: number[] = [];
  // Going on where the last class ended keeps the folds of equal size when classes are small.
  let next = 0;
  for (const classIndex of new Set(classIndices)) {
    const ofClass = random.shuffled(rows.filter((row) => classIndices[row] === classIndex));
    if (ofClass.length === 1) always.push(...ofClass);
    else for (const row of ofClass) heldOut[next++ % numFolds]?.push(row);
  }
  return { heldOut: heldOut.filter((fold) => fold.length > 0), always };
}
