import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../../domain/evaluation.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { Card } from '../../ui/Card.tsx';
import type { MatrixCell } from '../../ui/charts/ConfusionMatrix.tsx';
import { IntervalBar } from '../../ui/charts/IntervalBar.tsx';
import { useCounts } from '../../ui/counts.ts';
import { useFormat } from '../../ui/format.ts';
import type { HeldOutPart } from './cellPhotos.ts';
import { MistakeList } from './MistakeList.tsx';
import { useRunNames } from './useRunNames.ts';
import styles from './AccuracyCard.module.css';

interface AccuracyCardProps {
  readonly run: CompletedRun;
  readonly part: HeldOutPart;
  readonly evaluation: Evaluation;
  readonly compared: CompletedRun | null;
  readonly comparedEvaluation: Evaluation | null;
  readonly onSelectMistake: (cell: MatrixCell) => void;
}

/** The share that was right, on how many photos, and how far chance could have moved it. */
export function AccuracyCard(props: AccuracyCardProps) {
  const { run, part, evaluation, compared, comparedEvaluation, onSelectMistake } = props;
  const { t } = useTranslation('evaluate');
  const runNames = useRunNames();
  return (
    <Card as="section" aria-labelledby="accuracy">
      <h2 id="accuracy">{t('accuracy.title')}</h2>
      <div className={styles['runs']}>
        <Accuracy
          name={compared === null ? null : runNames.title(run)}
          part={part}
          evaluation={evaluation}
        />
        {compared === null ? (
          <MistakeList
            labels={run.classifier.labels}
            evaluation={evaluation}
            onSelect={onSelectMistake}
          />
        ) : comparedEvaluation === null ? (
          <p className={styles['detail']}>
            {t('accuracy.notComparable', { run: runNames.title(compared) })}
          </p>
        ) : (
          <Accuracy name={runNames.title(compared)} part={part} evaluation={comparedEvaluation} />
        )}
      </div>
      {comparedEvaluation === null ? null : (
        <p className={styles['detail']}>{t(verdictKey(evaluation, comparedEvaluation))}</p>
      )}
    </Card>
  );
}

interface AccuracyProps {
  readonly name: string | null;
  readonly part: HeldOutPart;
  readonly evaluation: Evaluation;
}

function Accuracy({ name, part, evaluation }: AccuracyProps) {
  const { t } = useTranslation('evaluate');
  const format = useFormat();
  const counts = useCounts();
  const { accuracy, interval, numSamples } = evaluation;
  return (
    <div className={styles['run']}>
      {name === null ? null : <h3>{name}</h3>}
      <p className={styles['number']}>{format.percent(accuracy, 1)}</p>
      <IntervalBar value={accuracy} low={interval.low} high={interval.high} />
      <p>{t(`accuracy.on.${part}`, { photos: counts.photos(numSamples) })}</p>
      <p className={styles['detail']}>
        {t('accuracy.interval', {
          low: format.percent(interval.low, 1),
          high: format.percent(interval.high, 1),
        })}
      </p>
    </div>
  );
}

/** Intervals that overlap are no proof of equality, but no reason to call one run better either. */
function verdictKey({ interval: a }: Evaluation, { interval: b }: Evaluation) {
  return a.low > b.high || b.low > a.high ? 'accuracy.apart' : 'accuracy.overlap';
}
