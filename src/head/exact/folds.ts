import { createRandom } from '../../domain/random.ts';
import type { LabelledActivations } from '../trainingSet.ts';

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

/** A fold of photos with views. */
export interface ViewFold {
  /** Rows of its photos and their views, for fits in which it is not held out. */
  readonly trained: readonly number[];
  /** Rows of its photos as they are; the same list as `trained` where there are no views. */
  readonly measured: readonly number[];
}

/**
 * Deals photos, not rows: all views of a photo go where it goes, so that none is trained on while
 * another is held out.
 */
export function dealViewFolds(
  { classIndices, rowsPerPhoto = 1 }: LabelledActivations,
  numFolds: number,
  seed: number,
): { readonly folds: readonly ViewFold[]; readonly always: readonly number[] } {
  const classOfPhoto = classIndices.filter((_, row) => row % rowsPerPhoto === 0);
  const { heldOut, always } = dealFolds(classOfPhoto, numFolds, seed);
  const rowsOf = (photos: readonly number[]) =>
    photos.flatMap((photo) =>
      Array.from({ length: rowsPerPhoto }, (_, view) => photo * rowsPerPhoto + view),
    );
  const folds = heldOut.map((photos): ViewFold => {
    const trained = rowsOf(photos);
    if (rowsPerPhoto === 1) return { trained, measured: trained };
    return { trained, measured: photos.map((photo) => photo * rowsPerPhoto) };
  });
  return { folds, always: rowsOf(always) };
}
