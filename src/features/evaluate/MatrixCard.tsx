import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../../domain/evaluation.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { Card } from '../../ui/Card.tsx';
import { ConfusionMatrix, type MatrixCell } from '../../ui/charts/ConfusionMatrix.tsx';
import { useFormat } from '../../ui/format.ts';
import { CellPhotosCard } from './CellPhotosCard.tsx';
import type { HeldOutPart } from './cellPhotos.ts';
import { useCellLabel } from './useCellLabel.ts';
import styles from './EvaluatePage.module.css';

interface MatrixCardProps {
  readonly run: CompletedRun;
  readonly part: HeldOutPart;
  readonly evaluation: Evaluation;
  readonly selected: MatrixCell | null;
  readonly onSelect: (cell: MatrixCell | null) => void;
}

/** Which classes are taken for which, and the photos behind each number. */
export function MatrixCard({ run, part, evaluation, selected, onSelect }: MatrixCardProps) {
  const { t } = useTranslation('evaluate');
  const format = useFormat();
  const card = useRef<HTMLDivElement>(null);
  const { labels } = run.classifier;
  const cellLabel = useCellLabel(labels);
  const { confusionMatrix: matrix } = evaluation;
  return (
    <div ref={card} className={styles['matrix']} data-open={selected !== null}>
      <Card as="section" aria-labelledby="matrix">
        <h2 id="matrix">{t('matrix.title')}</h2>
        <p className={styles['hint']}>{t('matrix.hint')}</p>
        <ConfusionMatrix
          caption={t('matrix.caption')}
          trueHeading={t('matrix.true')}
          predictedHeading={t('matrix.predicted')}
          classNames={labels.map(({ name }) => name)}
          matrix={matrix}
          formatCount={format.number}
          cellLabel={cellLabel}
          selected={selected}
          onSelect={onSelect}
        />
      </Card>
      {selected === null ? null : (
        <CellPhotosCard
          key={`${String(selected.trueIndex)}-${String(selected.predictedIndex)}`}
          run={run}
          part={part}
          cell={selected}
          title={cellLabel(selected, matrix[selected.trueIndex]?.[selected.predictedIndex] ?? 0)}
          onClose={() => {
            // Back to where the photos were opened from.
            card.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
            onSelect(null);
          }}
        />
      )}
    </div>
  );
}
