import type { AveragingMethods } from '../bridge/averagingMethods.ts';
import {
  averagedViews,
  type AveragedAccuracy,
  type MeasuredAveraging,
} from '../domain/averaging.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { HeldOutOutcomes } from '../domain/head.ts';
import { indexOfLargest, wilsonInterval } from '../domain/metrics.ts';
import { activationCut, type SplitPart } from '../domain/trainingRun.ts';
import { pairedLead } from '../domain/transfer/pairedLead.ts';
import type { Database } from '../storage/database.ts';
import { getHead } from '../storage/heads.ts';
import { createAnswerer } from './createAnswerer.ts';
import { readView } from './readActivations.ts';

type Measure = AveragingMethods['measureAveraging'];

/**
 * Averages the head's probabilities on each held-out photo as it is, which are stored with it, with those
 * on its views. One view of all photos is in memory at a time.
 */
export async function averageViews(
  { run, averaging }: Measure['params'],
  signal: AbortSignal,
  database: Database,
): Promise<MeasuredAveraging> {
  const head = await getHead(database, run.headId);
  const { heldOut } = head;
  const samples = heldOut.imageHashes.map((imageHash, row) => ({
    imageHash,
    classIndex: heldOut.trueIndices[row] ?? 0,
  }));
  const classifier = { ...run.classifier, cut: activationCut(run) };
  const answerer = await createAnswerer(database, run, head);
  // Sums serve as well as means: the largest is the same.
  const sums = Float64Array.from(heldOut.probabilities);
  try {
    for (const { key } of samples.length === 0 ? [] : averagedViews(averaging)) {
      throwIfCancelled(signal);
      const answers = await answerer.answer(await readView(database, classifier, samples, key));
      for (const [i, probability] of answers.entries()) sums[i] = (sums[i] ?? 0) + probability;
    }
  } finally {
    answerer.dispose();
  }
  const numClasses = run.classifier.labels.length;
  const accuracyOf = (part: Exclude<SplitPart, 'train'>) =>
    comparePart(heldOut, part, sums, numClasses);
  return { averaging, validation: accuracyOf('validation'), test: accuracyOf('test') };
}

/** `null` where the part has no photos. */
function comparePart(
  heldOut: HeldOutOutcomes,
  part: Exclude<SplitPart, 'train'>,
  averaged: Float64Array,
  numClasses: number,
): AveragedAccuracy | null {
  const rows = [...heldOut.parts.keys()].filter((row) => heldOut.parts[row] === part);
  if (rows.length === 0) return null;
  const rightOf = (probabilities: ArrayLike<number>) =>
    rows.map(
      (row) =>
        indexOfLargest(probabilities, row * numClasses, numClasses) === heldOut.trueIndices[row],
    );
  const isRight = rightOf(averaged);
  const numRight = isRight.filter(Boolean).length;
  return {
    accuracy: numRight / rows.length,
    interval: wilsonInterval(numRight, rows.length),
    lead: pairedLead(isRight, rightOf(heldOut.probabilities)),
  };
}
