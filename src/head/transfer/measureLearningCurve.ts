import { GraftError } from '../../domain/errors.ts';
import type { LearningCurvePoint } from '../../domain/learningCurve.ts';
import { wilsonInterval } from '../../domain/metrics.ts';
import { dealFolds } from '../exact/folds.ts';
import { answerHeldOut, type FoldTask } from './answerHeldOut.ts';
import { NUM_FOLDS } from './crossValidate.ts';
import { doublings, nestedSubsets } from './nestedSubsets.ts';

/** Drawn more than once where few photos make the draw matter, and cost little. */
const NUM_DRAWS = 3;
const MAX_ROWS_FOR_DRAWS = 160;
/** 97.5 % quantile of the normal distribution. */
const Z_95 = 1.959963984540054;

interface Fit {
  readonly capIndex: number;
  readonly draw: number;
  readonly trained: readonly number[];
  readonly heldOut: readonly number[];
}

interface Hits {
  readonly fit: Fit;
  readonly numRight: number;
}

/**
 * Accuracy of exact heads on held-out photos, by the number of photos per class that they were trained on:
 * in the folds of `crossValidate`, on nested subsets of the other folds, so that the last point is its
 * answer. Tells the share that is done. Errors: too-few-classes, cancelled, loss-not-finite.
 */
export async function* measureLearningCurve(
  task: FoldTask,
): AsyncGenerator<number, LearningCurvePoint[]> {
  const fits = planFits(task);
  if (fits.length === 0) {
    throw new GraftError('too-few-classes', 'No class has two photos, so none can be held out');
  }
  const total = fits.reduce((sum, fit) => sum + costOf(fit), 0);
  const all: Hits[] = [];
  let done = 0;
  for (const fit of fits) {
    const answering = answerHeldOut(task, fit.trained, fit.heldOut);
    let step = await answering.next();
    while (step.done !== true) {
      yield (done + step.value * costOf(fit)) / total;
      step = await answering.next();
    }
    const isRight = ({ row, predictedIndex }: (typeof step.value)[number]) =>
      task.data.classIndices[row] === predictedIndex;
    all.push({ fit, numRight: step.value.filter(isRight).length });
    done += costOf(fit);
    yield done / total;
  }
  const numCaps = Math.max(...fits.map(({ capIndex }) => capIndex)) + 1;
  return Array.from({ length: numCaps }, (_, capIndex) =>
    summarise(
      all.filter(({ fit }) => fit.capIndex === capIndex),
      task.numClasses,
    ),
  );
}

/** Fits of few photos take their time too. */
function costOf({ trained }: Fit): number {
  return trained.length + 100;
}

function planFits({ data: { classIndices }, seed }: FoldTask): readonly Fit[] {
  const { heldOut, always } = dealFolds(classIndices, NUM_FOLDS, seed);
  const others = heldOut.map((_, fold) => [
    ...heldOut.filter((__, index) => index !== fold).flat(),
    ...always,
  ]);
  // The same steps in every fold, though folds may differ by a photo.
  const caps = doublings(Math.min(...others.map((rows) => numOfLargestClass(classIndices, rows))));
  return heldOut.flatMap((rows, fold) =>
    Array.from({ length: NUM_DRAWS }, (_, draw) =>
      nestedSubsets(classIndices, others[fold] ?? [], caps, seed + draw).flatMap(
        (trained, capIndex): Fit[] => {
          const isDrawn =
            draw === 0 || (capIndex < caps.length - 1 && trained.length <= MAX_ROWS_FOR_DRAWS);
          return isDrawn ? [{ capIndex, draw, trained, heldOut: rows }] : [];
        },
      ),
    ).flat(),
  );
}

function numOfLargestClass(classIndices: Int32Array, rows: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const classIndex = classIndices[row] ?? 0;
    counts.set(classIndex, (counts.get(classIndex) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

/** The interval is Wilson's over the photos, or the draws' normal one where that is wider. */
function summarise(hits: readonly Hits[], numClasses: number): LearningCurvePoint {
  const draws = [...new Set(hits.map(({ fit }) => fit.draw))];
  const shares = draws.map((draw) => shareRight(hits.filter(({ fit }) => fit.draw === draw)));
  const accuracy = mean(shares);
  const numHeldOut = sum(hits.map(({ fit }) => fit.heldOut.length)) / draws.length;
  const { low, high } = wilsonInterval(accuracy * numHeldOut, numHeldOut);
  const variance =
    sum(shares.map((share) => (share - accuracy) ** 2)) / Math.max(1, draws.length - 1);
  const reach = Z_95 * Math.sqrt(variance / draws.length);
  return {
    photosPerClass: mean(hits.map(({ fit }) => fit.trained.length)) / numClasses,
    numDraws: draws.length,
    accuracy,
    interval: {
      low: Math.max(0, Math.min(low, accuracy - reach)),
      high: Math.min(1, Math.max(high, accuracy + reach)),
    },
  };
}

function shareRight(hits: readonly Hits[]): number {
  return sum(hits.map(({ numRight }) => numRight)) / sum(hits.map(({ fit }) => fit.heldOut.length));
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
