import type { HeadWeights } from '../domain/head.ts';
import type { ClassLabelId } from '../domain/ids.ts';

type Dense = Pick<HeadWeights, 'kernel' | 'bias'>;

/** For each class of `labelIds` its column in a head whose classes are `learntIds`; -1 where it is new. */
export function columnsOf(
  labelIds: readonly ClassLabelId[],
  learntIds: readonly ClassLabelId[],
): readonly number[] {
  return labelIds.map((id) => learntIds.indexOf(id));
}

/**
 * Columns of what a head has learnt, for the classes of another, whose columns in it are `columns`; -1: what
 * `own`, which is of the other's size, has there stays.
 */
export function takeColumns(learnt: Dense, columns: readonly number[], own: Dense): Dense {
  const numLearnt = learnt.bias.length;
  const pick = (values: Float32Array, row: number, column: number, ownValue: number) =>
    (column < 0 ? ownValue : values[row * numLearnt + column]) ?? 0;
  return {
    kernel: own.kernel.map((value, i) => {
      const row = Math.floor(i / columns.length);
      return pick(learnt.kernel, row, columns[i % columns.length] ?? -1, value);
    }),
    bias: own.bias.map((value, i) => pick(learnt.bias, 0, columns[i] ?? -1, value)),
  };
}
