import { useTranslation } from 'react-i18next';
import type { RunLabel } from '../../domain/trainingRun.ts';
import type { MatrixCell } from '../../ui/charts/ConfusionMatrix.tsx';
import { useCounts } from '../../ui/counts.ts';

/** A cell of the matrix in words: “tulips taken for roses: 3 photos”. */
export function useCellLabel(
  labels: readonly RunLabel[],
): (cell: MatrixCell, count: number) => string {
  const { t } = useTranslation('evaluate');
  const counts = useCounts();
  return ({ trueIndex, predictedIndex }, count) =>
    t(trueIndex === predictedIndex ? 'matrix.correctCell' : 'matrix.wrongCell', {
      photos: counts.photos(count),
      trueClass: labels[trueIndex]?.name ?? '',
      predictedClass: labels[predictedIndex]?.name ?? '',
    });
}
