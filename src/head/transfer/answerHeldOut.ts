import { throwIfCancelled } from '../../domain/errors.ts';
import { DEFAULT_EXACT_CONFIG } from '../../domain/headConfig.ts';
import { indexOfLargest } from '../../domain/metrics.ts';
import { solveExactly } from '../exact/exactSolver.ts';
import { applyHead } from '../softmaxHead.ts';
import type { LabelledActivations } from '../trainingSet.ts';

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
 * Fits an exact head, with settings of its own, on the rows `trained`, and asks it about those `heldOut`;
 * tells the share that is done. Errors: cancelled, loss-not-finite.
 */
export async function* answerHeldOut(
  { data, numClasses, seed, signal }: FoldTask,
  trained: readonly number[],
  heldOut: readonly number[],
): AsyncGenerator<number, HeldOutAnswer[]> {
  const activationSize = data.activations.length / data.classIndices.length;
  const set = { train: selectRows(data, trained), validation: null, activationSize, numClasses };
  const solving = solveExactly(set, { ...DEFAULT_EXACT_CONFIG, seed }, signal);
  let step = await solving.next();
  while (step.done !== true) {
    const { value } = step;
    if (value.kind === 'search') yield value.done / value.total;
    step = await solving.next();
  }
  throwIfCancelled(signal);
  const probabilities = applyHead(selectRows(data, heldOut).activations, step.value.weights);
  return heldOut.map((row, index) => ({
    row,
    predictedIndex: indexOfLargest(probabilities, index * numClasses, numClasses),
  }));
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
