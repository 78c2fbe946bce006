import type { ExportFile } from '../bridge/exportFile.ts';
import type { GoldenAnswers } from '../bridge/exportMethods.ts';

/** The pictures of several calls, in their order; of at least one. */
export function joinGolden([first, ...others]: readonly [
  GoldenAnswers,
  ...(readonly GoldenAnswers[]),
]): GoldenAnswers {
  const parts = [first, ...others];
  const [, ...pictureShape] = first.shape;
  const numPictures = parts.reduce((sum, { shape }) => sum + shape[0], 0);
  const pixels = new Blob(parts.map((part) => part.pixels));
  const probabilities = Float32Array.from(parts.flatMap((part) => [...part.probabilities]));
  const imageHashes = parts.flatMap((part) => part.imageHashes);
  return { shape: [numPictures, ...pictureShape], pixels, imageHashes, probabilities };
}

/** What is told of a drawing, so that anybody can repeat the check on it. */
export interface GoldenPicture {
  /** Inside the zip. */
  readonly file: string;
  /** The app's, in output order. */
  readonly probabilities: readonly number[];
  /** From those of the file. */
  readonly largestDifference: number;
}

export interface ComparedGolden {
  /** Largest difference of a probability over the photos; `null` where there is none. */
  readonly photos: number | null;
  readonly pictures: readonly GoldenPicture[];
}

/** Compares a file's `answers` for photos and then the drawings in `files` with the app's own. */
export function compareGolden(
  { shape: [numPictures], probabilities }: GoldenAnswers,
  answers: Float32Array,
  files: readonly ExportFile[],
): ComparedGolden {
  const numClasses = probabilities.length / numPictures;
  const rows = Array.from({ length: numPictures }, (_, i) => {
    const expected = [...probabilities.subarray(i * numClasses, (i + 1) * numClasses)];
    const differences = expected.map((value, k) =>
      Math.abs((answers[i * numClasses + k] ?? NaN) - value),
    );
    return { probabilities: expected, largestDifference: Math.max(...differences) };
  });
  const numPhotos = numPictures - files.length;
  const ofPhotos = rows.slice(0, numPhotos).map(({ largestDifference }) => largestDifference);
  return {
    photos: numPhotos === 0 ? null : Math.max(...ofPhotos),
    pictures: files.map(({ path }, i) => ({
      file: path,
      probabilities: rows[numPhotos + i]?.probabilities ?? [],
      largestDifference: rows[numPhotos + i]?.largestDifference ?? NaN,
    })),
  };
}
