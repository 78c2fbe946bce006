import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../../domain/evaluation.ts';
import type { RunLabel } from '../../domain/trainingRun.ts';
import { Button } from '../../ui/Button.tsx';
import type { MatrixCell } from '../../ui/charts/ConfusionMatrix.tsx';
import { ArrowRightIcon } from '../../ui/icons.tsx';
import { largestConfusions } from './confusions.ts';
import { useCellLabel } from './useCellLabel.ts';
import styles from './AccuracyCard.module.css';

const MAX_MISTAKES = 3;

interface MistakeListProps {
  readonly labels: readonly RunLabel[];
  readonly evaluation: Evaluation;
  readonly onSelect: (cell: MatrixCell) => void;
}

/** The most frequent mistakes, each a short way to its photos. */
export function MistakeList({ labels, evaluation, onSelect }: MistakeListProps) {
  const { t } = useTranslation('evaluate');
  const cellLabel = useCellLabel(labels);
  const mistakes = largestConfusions(evaluation.confusionMatrix, MAX_MISTAKES);
  return (
    <div>
      <h3>{t('mistakes.title')}</h3>
      {mistakes.length === 0 ? <p className={styles['detail']}>{t('mistakes.none')}</p> : null}
      <ul className={styles['mistakes']}>
        {mistakes.map(({ cell, count }) => (
          <li key={`${String(cell.trueIndex)}-${String(cell.predictedIndex)}`}>
            <Button
              variant="quiet"
              icon={<ArrowRightIcon />}
              onClick={() => {
                onSelect(cell);
              }}
            >
              {cellLabel(cell, count)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
