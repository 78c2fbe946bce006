import type { HeadWeights } from '../../domain/head.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { LearntHead } from '../solver.ts';
import { columnsOf, takeColumns } from '../takeColumns.ts';
import type { TrainingSet } from '../trainingSet.ts';

/** Whether a head that begins with `learnt` has classes that are nowhere in it. */
export function needsFit({ labelIds = [] }: TrainingSet, learnt: LearntHead | undefined): boolean {
  return learnt === undefined || columnsOf(labelIds, learnt.labelIds).includes(-1);
}

/**
 * A head for the classes `labelIds`: those of `learnt` keep its columns, so that they answer among themselves
 * as they did, and new ones have those of `fitted`, a head for all of them on the same layers. A softmax is
 * the same with any vector added to all columns; new columns are moved by what lies between the two heads on
 * the average of the classes that both have.
 */
export function headForClasses(
  { weights, labelIds: learntIds }: LearntHead,
  labelIds: readonly ClassLabelId[],
  fitted: HeadWeights,
): HeadWeights {
  const columns = columnsOf(labelIds, learntIds);
  const kept = takeColumns(weights, columns, fitted);
  const numClasses = columns.length;
  const numKept = columns.filter((column) => column >= 0).length;
  const isNew = (index: number) => (columns[index % numClasses] ?? -1) < 0;
  const moved = (values: Float32Array, own: Float32Array) =>
    values.map((value, i) => {
      if (!isNew(i) || numKept === 0) return value;
      const row = i - (i % numClasses);
      let difference = 0;
      for (let j = row; j < row + numClasses; j++) difference += (values[j] ?? 0) - (own[j] ?? 0);
      return value + difference / numKept;
    });
  return { kernel: moved(kept.kernel, fitted.kernel), bias: moved(kept.bias, fitted.bias) };
}
