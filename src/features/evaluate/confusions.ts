import type { MatrixCell } from '../../ui/charts/ConfusionMatrix.tsx';

export interface Confusion {
  readonly cell: MatrixCell;
  readonly count: number;
}

/** The wrong cells with most photos, the largest first. */
export function largestConfusions(
  matrix: readonly (readonly number[])[],
  maxCount: number,
): Confusion[] {
  const wrong = matrix.flatMap((row, trueIndex) =>
    row.flatMap((count, predictedIndex) =>
      trueIndex === predictedIndex || count === 0
        ? []
        : [{ cell: { trueIndex, predictedIndex }, count }],
    ),
  );
  return wrong.sort((a, b) => b.count - a.count).slice(0, maxCount);
}
