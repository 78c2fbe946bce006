import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../../domain/evaluation.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { Card } from '../../ui/Card.tsx';
import { ConfusionMatrix, type MatrixCell } from '../../ui/charts/ConfusionMatrix.tsx';
import { useCounts } from '../../ui/counts.ts';
import { useFormat } from '../../ui/format.ts';
import { CellPhotosCard } from './CellPhotosCard.tsx';
import type { HeldOutPart } from './cellPhotos.ts';
import styles from './EvaluatePage.module.css';

interface MatrixCardProps {
  readonly run: CompletedRun;
  readonly part: HeldOutPart;
  readonly evaluation: Evaluation;
}

/** Which classes are taken for which, and the photos behind each number. */
export function MatrixCard({ run, part, evaluation }: MatrixCardProps) {
  const { t } = useTranslation('evaluate');
  const format = useFormat();
  const counts = useCounts();
  const [selected, setSelected] = useState<MatrixCell | null>(null);
  const names = run.classifier.labels.map(({ name }) => name);
  const cellLabel = ({ trueIndex, predictedIndex }: MatrixCell, count: number) =>
    t(trueIndex === predictedIndex ? 'matrix.correctCell' : 'matrix.wrongCell', {
      photos: counts.photos(count),
      trueClass: names[trueIndex] ?? '',
      predictedClass: names[predictedIndex] ?? '',
    });
  return (
    <div className={styles['matrix']} data-open={selected !== null}>
      <Card as="section" aria-labelledby="matrix">
        <h2 id="matrix">{t('matrix.title')}</h2>
        <p className={styles['hint']}>{t('matrix.hint')}</p>
        <ConfusionMatrix
          caption={t('matrix.caption')}
          trueHeading={t('matrix.true')}
          predictedHeading={t('matrix.predicted')}
          classNames={names}
          matrix={evaluation.confusionMatrix}
          formatCount={format.number}
          cellLabel={cellLabel}
          selected={selected}
          onSelect={setSelected}
        />
      </Card>
      {selected === null ? null : (
        <CellPhotosCard
          key={`${String(selected.trueIndex)}-${String(selected.predictedIndex)}`}
          run={run}
          part={part}
          cell={selected}
          title={cellLabel(
            selected,
            evaluation.confusionMatrix[selected.trueIndex]?.[selected.predictedIndex] ?? 0,
          )}
          onClose={() => {
            setSelected(null);
          }}
        />
      )}
    </div>
  );
}
