import type { HeadId, Sha256 } from './ids.ts';
import { indexOfLargest } from './metrics.ts';
import type { RunSample } from './trainingRun.ts';

/** What a model loses by being rounded to 8 bits, counted on photos of the project. */
export interface QuantisedReport {
  readonly headId: HeadId;
  readonly numPhotos: number;
  /** Share of the photos for which the file gives the class that the app gives. */
  readonly agreement: number;
  /** Of the app's model and of the file; `null` where no photo was held out. */
  readonly accuracy: { readonly before: number; readonly after: number } | null;
}

export interface AnswersToCompare {
  /** Of each photo. */
  readonly imageHashes: readonly Sha256[];
  /** Both [numPhotos, numClasses]. */
  readonly before: Float32Array;
  readonly after: Float32Array;
}

/** `samples`: the photos that were asked for, all held out or none. */
export function reportQuantised(
  headId: HeadId,
  samples: readonly RunSample[],
  { imageHashes, before, after }: AnswersToCompare,
): QuantisedReport {
  const numPhotos = imageHashes.length;
  const numClasses = before.length / numPhotos;
  const top = (answers: Float32Array) =>
    imageHashes.map((_, photo) => indexOfLargest(answers, photo * numClasses, numClasses));
  const [topBefore, topAfter] = [top(before), top(after)];
  const classOf = new Map(samples.map(({ imageHash, classIndex }) => [imageHash, classIndex]));
  const truth = imageHashes.map((hash) => classOf.get(hash) ?? -1);
  const areHeldOut = samples.every(({ part }) => part !== 'train');
  return {
    headId,
    numPhotos,
    agreement: shareOfEqual(topBefore, topAfter),
    accuracy: areHeldOut
      ? { before: shareOfEqual(topBefore, truth), after: shareOfEqual(topAfter, truth) }
      : null,
  };
}

function shareOfEqual(one: readonly number[], other: readonly number[]): number {
  return one.filter((value, i) => value === other[i]).length / one.length;
}
