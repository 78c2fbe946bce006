import { useTranslation } from 'react-i18next';
import type { RunLabel } from '../../domain/trainingRun.ts';
import { indexOfLargest } from '../../domain/metrics.ts';
import { ProbabilityBars } from '../charts/ProbabilityBars.tsx';
import { useFormat } from '../format.ts';
import { LiveText } from '../LiveText.tsx';
import { useMessages } from '../messages.ts';
import type { LiveStatus } from './useLivePrediction.ts';
import styles from './LiveBars.module.css';

/** Time between two announcements to screen readers. */
const ANNOUNCE_MS = 3000;

interface LiveBarsProps {
  readonly labels: readonly RunLabel[];
  readonly prediction: LiveStatus;
}

/** A bar for each class in the run's order, empty until there is an answer. */
export function LiveBars({ labels, prediction }: LiveBarsProps) {
  const { t } = useTranslation('predict');
  const format = useFormat();
  const messages = useMessages();
  if (prediction.status === 'failed') {
    return <p role="alert">{messages.failure(prediction.failure)}</p>;
  }
  const live = prediction.status === 'predicting' ? prediction.live : null;
  const best = live === null ? -1 : indexOfLargest(live.probabilities, 0, labels.length);
  return (
    <>
      <ProbabilityBars
        label={t('webcam.probabilities')}
        size="large"
        bars={labels.map((label, index) => ({
          ...label,
          probability: live?.probabilities[index] ?? null,
        }))}
      />
      <p className={styles['speed']}>
        {live === null
          ? t('webcam.waiting')
          : t('webcam.speed', { ms: format.number(live.durationMs, 1) })}
      </p>
      <LiveText
        intervalMs={ANNOUNCE_MS}
        text={
          live === null
            ? ''
            : `${labels[best]?.name ?? ''} ${format.percent(live.probabilities[best] ?? 0)}`
        }
      />
    </>
  );
}
