import { useTranslation } from 'react-i18next';
import type { TrainingStatus } from '../../state/trainState.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { LiveText } from '../../ui/LiveText.tsx';
import { useMessages } from '../../ui/messages.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { useCountText } from './useCountText.ts';
import { useFitDetail } from './useFitDetail.ts';
import { useTrainingSummary } from './useTrainingSummary.ts';
import styles from './TrainingProgress.module.css';

/** Where the training is, how long it will take, and the way to end it. Nothing while there is none. */
export function TrainingProgress() {
  const training = useAppState((state) => state.training);
  const summary = useTrainingSummary();
  return (
    <>
      <LiveText text={summary} />
      <TrainingCard training={training} />
    </>
  );
}

function TrainingCard({ training }: { readonly training: TrainingStatus }) {
  const { t } = useTranslation('train');
  const messages = useMessages();
  const cancelTraining = useAppState((state) => state.cancelTraining);
  switch (training.status) {
    case 'idle':
      return null;
    case 'failed':
      return (
        <div role="alert">
          <NoticeBar tone="danger">{messages.failure(training.failure)}</NoticeBar>
        </div>
      );
    case 'preparing':
      return (
        <Card>
          <ProgressBar label={t('progress.preparing')} share={null} onCancel={cancelTraining} />
        </Card>
      );
    case 'computing':
      return <ComputingCard status={training} onCancel={cancelTraining} />;
    case 'fitting':
      return <FittingCard status={training} onCancel={cancelTraining} />;
  }
}

interface StageCardProps<Stage extends TrainingStatus['status']> {
  readonly status: Extract<TrainingStatus, { status: Stage }>;
  readonly onCancel: () => void;
}

function FittingCard({ status, onCancel }: StageCardProps<'fitting'>) {
  const { t } = useTranslation('train');
  const { search, epochs, totalEpochs } = status;
  const pauseTraining = useAppState((state) => state.pauseTraining);
  const detail = useFitDetail(status);
  if (search !== null) {
    const bar = { label: t('progress.searching'), share: search.done / search.total };
    return (
      <Card>
        <ProgressBar {...bar} detail={detail} onCancel={onCancel} />
      </Card>
    );
  }
  const share = totalEpochs === null ? null : epochs.length / totalEpochs;
  const bar = { label: t('progress.fitting'), share, detail, onCancel };
  // Before the first epoch there is nothing that ending it could keep.
  return epochs.length === 0 ? (
    <Card>
      <ProgressBar {...bar} />
    </Card>
  ) : (
    <Card>
      <ProgressBar {...bar} cancelLabel={t('progress.stop')} />
      {totalEpochs === null ? null : (
        <Button onClick={() => void pauseTraining()}>{t('progress.pause')}</Button>
      )}
      <p className={styles['note']}>
        {t(totalEpochs === null ? 'progress.stopHint' : 'progress.pauseHint')}
      </p>
    </Card>
  );
}

function ComputingCard({ status, onCancel }: StageCardProps<'computing'>) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const countText = useCountText();
  const { done, total, reused, photosPerSecond, backend, adapter } = status.progress;
  const speed =
    photosPerSecond === null
      ? null
      : t('backend.speed', { speed: format.number(photosPerSecond, photosPerSecond < 10 ? 1 : 0) });
  return (
    <Card>
      <ProgressBar
        label={t('progress.computing')}
        share={total === 0 ? null : done / total}
        detail={[countText(status.progress), speed].filter((part) => part !== null).join(' · ')}
        secondsLeft={status.secondsLeft}
        onCancel={onCancel}
      />
      <p className={styles['note']}>
        {t('progress.on', { backend: t(`backend.name.${backend}`) })}
        {adapter === null ? '' : ` (${adapter})`}
        {reused === 0 ? '' : ` · ${t('progress.reused', { number: format.number(reused) })}`}
      </p>
    </Card>
  );
}
