import { throwIfCancelled } from '../../domain/errors.ts';
import { DEFAULT_EXACT_CONFIG } from '../../domain/headConfig.ts';
import { indexOfLargest } from '../../domain/metrics.ts';
import { solveExactly } from '../exact/exactSolver.ts';
import { dealFolds } from '../exact/folds.ts';
import { applyHead } from '../softmaxHead.ts';
import type { LabelledActivations } from '../trainingSet.ts';

const NUM_FOLDS = 3;

export interface FoldTask {
  readonly data: LabelledActivations;
  readonly numClasses: number;
  /** Deals the folds: the same for the same classes, whatever the activations. */
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A photo while it was held out. */
export interface HeldOutAnswer {
  readonly row: number;
  readonly predictedIndex: number;
}

/**
 * Answers of exact heads, each fitted with settings of its own on all folds but one, for the photos of
 * that fold; tells the share of the folds that is done. Photos that are the only ones of their class
 * have no answer. Errors: cancelled, loss-not-finite.
 */
export async function* crossValidate(task: FoldTask): AsyncGenerator<number, HeldOutAnswer[]> {
  const { data, numClasses, seed, signal } = task;
  const { heldOut, always } = dealFolds(data.classIndices, NUM_FOLDS, seed);
  const answers: HeldOutAnswer[] = [];
  for (const [fold, rows] of heldOut.entries()) {
    const others = heldOut.filter((_, index) => index !== fold).flat();
    const train = selectRows(data, [...others, ...always]);
    const activationSize = data.activations.length / data.classIndices.length;
    const set = { train, validation: null, activationSize, numClasses };
    const solving = solveExactly(set, { ...DEFAULT_EXACT_CONFIG, seed }, signal);
    let step = await solving.next();
    while (step.done !== true) {
      const { value } = step;
      if (value.kind === 'search') yield (fold + value.done / value.total) / heldOut.length;
      step = await solving.next();
    }
    throwIfCancelled(signal);
    const probabilities = applyHead(selectRows(data, rows).activations, step.value.weights);
    for (const [index, row] of rows.entries()) {
      const predictedIndex = indexOfLargest(probabilities, index * numClasses, numClasses);
      answers.push({ row, predictedIndex });
    }
    yield (fold + 1) / heldOut.length;
  }
  return answers;
}

function selectRows(
  { activations, classIndices }: LabelledActivations,
  rows: readonly number[],
): LabelledActivations {
  const size = activations.length / classIndices.length;
  const selected = new Float32Array(rows.length * size);
  for (const [index, row] of rows.entries()) {
    selected.set(activations.subarray(row * size, (row + 1) * size), index * size);
  }
  return {
    activations: selected,
    classIndices: Int32Array.from(rows, (row) => classIndices[row] ?? 0),
  };
}
