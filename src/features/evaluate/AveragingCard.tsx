import { useTranslation } from 'react-i18next';
import {
  averagingOf,
  numAveraged,
  offeredAveragings,
  type Averaging,
} from '../../domain/averaging.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { useMessages } from '../../ui/messages.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { AveragedFigures } from './AveragedFigures.tsx';
import styles from './AveragingCard.module.css';
import type { HeldOutPart } from './cellPhotos.ts';

interface AveragingCardProps {
  readonly run: CompletedRun;
  readonly part: HeldOutPart;
}

/** What predictions are averaged over, each choice with what it makes of the accuracy once that was measured. */
export function AveragingCard({ run, part }: AveragingCardProps) {
  const { t } = useTranslation('averaging');
  const project = useAppState((state) => state.project);
  const setAveraging = useAppState((state) => state.setAveraging);
  const offered = offeredAveragings(project?.augmentation);
  const chosen = averagingOf(project ?? {});
  return (
    <Card as="section" aria-labelledby="averaging">
      <h2 id="averaging">{t('title')}</h2>
      <p className={styles['lead']}>{t('lead')}</p>
      <fieldset className={styles['choices']}>
        <legend className="visually-hidden">{t('legend')}</legend>
        {offered.map((averaging) => (
          <Choice
            key={averaging}
            run={run}
            part={part}
            averaging={averaging}
            isChosen={averaging === chosen}
            onChoose={() => void setAveraging(averaging)}
          />
        ))}
      </fieldset>
      {offered.includes('mirror') ? null : <p className={styles['lead']}>{t('noMirror')}</p>}
      <Measuring run={run} />
    </Card>
  );
}

interface ChoiceProps extends AveragingCardProps {
  readonly averaging: Averaging;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ run, part, averaging, isChosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation('averaging');
  const measured = run.averagings?.find((each) => each.averaging === averaging)?.[part];
  const plain = run.evaluations[part];
  return (
    <div className={styles['choice']}>
      <label className={styles['label']}>
        <input type="radio" name="averaging" checked={isChosen} onChange={onChoose} />
        <span>
          {t(`name.${averaging}`)}
          <span className={styles['hint']}>{t(`hint.${averaging}`)}</span>
        </span>
      </label>
      {averaging === 'none' && plain !== null ? (
        <AveragedFigures accuracy={plain.accuracy} interval={plain.interval} />
      ) : measured ? (
        <AveragedFigures {...measured} />
      ) : (
        <p className={styles['hint']}>{t('notMeasured')}</p>
      )}
    </div>
  );
}

function Measuring({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('averaging');
  const format = useFormat();
  const messages = useMessages();
  const status = useAppState((state) => state.averagingStatus);
  const augmentation = useAppState(({ project }) => project?.augmentation);
  const measureAveragings = useAppState((state) => state.measureAveragings);
  const cancelAveraging = useAppState((state) => state.cancelAveraging);
  if (status.status === 'measuring') {
    const { done, total, secondsLeft } = status;
    return (
      <ProgressBar
        label={t('measuring')}
        share={total === 0 ? null : done / total}
        secondsLeft={secondsLeft}
        onCancel={cancelAveraging}
      />
    );
  }
  const offered = offeredAveragings(augmentation);
  const isMeasured = offered.every(
    (each) => each === 'none' || run.averagings?.some(({ averaging }) => averaging === each),
  );
  const numPhotos = run.samples.filter(({ part }) => part !== 'train').length;
  const numViews = Math.max(...offered.map(numAveraged)) - 1;
  return (
    <>
      {status.status === 'failed' ? (
        <div role="alert">
          <NoticeBar tone="warning">{messages.failure(status.failure)}</NoticeBar>
        </div>
      ) : null}
      {isMeasured ? null : (
        <div className={styles['actions']}>
          <Button onClick={() => void measureAveragings(run)}>{t('measure')}</Button>
          <span className={styles['hint']}>
            {t('cost', { views: format.number(numPhotos * numViews) })}
          </span>
        </div>
      )}
    </>
  );
}
