import type { HeldOutOutcomes } from '../../domain/head.ts';
import type { ClassLabelId, SampleId, Sha256 } from '../../domain/ids.ts';
import { indexOfLargest } from '../../domain/metrics.ts';
import type { Sample } from '../../domain/project.ts';

export type HeldOutPart = HeldOutOutcomes['parts'][number];

export interface CellPhoto {
  readonly sampleId: SampleId;
  readonly imageHash: Sha256;
  /** [numClasses] */
  readonly probabilities: readonly number[];
  /** The photo as it is now; `null` once deleted. */
  readonly sample: Sample | null;
}

export interface CellQuery {
  readonly part: HeldOutPart;
  readonly trueIndex: number;
  readonly predictedIndex: number;
  readonly numClasses: number;
}

/** The photos behind one cell of the matrix, the surest answers first. */
export function cellPhotos(
  outcomes: HeldOutOutcomes,
  { part, trueIndex, predictedIndex, numClasses }: CellQuery,
  samples: readonly Sample[],
): CellPhoto[] {
  const sampleOf = new Map(samples.map((sample) => [sample.id, sample]));
  const photos = outcomes.sampleIds.flatMap((sampleId, index): CellPhoto[] => {
    const start = index * numClasses;
    const imageHash = outcomes.imageHashes[index];
    if (imageHash === undefined || outcomes.parts[index] !== part) return [];
    if (outcomes.trueIndices[index] !== trueIndex) return [];
    if (indexOfLargest(outcomes.probabilities, start, numClasses) !== predictedIndex) return [];
    const probabilities = [...outcomes.probabilities.subarray(start, start + numClasses)];
    return [{ sampleId, imageHash, probabilities, sample: sampleOf.get(sampleId) ?? null }];
  });
  const sureness = ({ probabilities }: CellPhoto) => probabilities[predictedIndex] ?? 0;
  return photos.sort((a, b) => sureness(b) - sureness(a));
}

/** Whether the photo has left the class that the run knew it in. */
export function isMoved({ sample }: CellPhoto, classLabelId: ClassLabelId | undefined): boolean {
  return sample !== null && sample.classLabelId !== classLabelId;
}
