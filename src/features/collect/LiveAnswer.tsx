import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { useLiveHead } from '../../state/useLiveHead.ts';
import { LiveBars } from '../../ui/camera/LiveBars.tsx';
import { useLivePrediction } from '../../ui/camera/useLivePrediction.ts';
import styles from './WebcamDialog.module.css';

interface LiveAnswerProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** `null` while the camera is off. */
  readonly stream: MediaStream | null;
}

/** What the photos taken so far say to the camera's picture, before anything is trained. */
export function LiveAnswer({ video, stream }: LiveAnswerProps) {
  const { t } = useTranslation('predict');
  const predictLiveFrame = useAppState((state) => state.predictLiveFrame);
  const live = useLiveHead();
  const prediction = useLivePrediction(video, live === null ? null : stream, predictLiveFrame);
  return (
    <section aria-label={t('live.title')} className={styles['live']}>
      <p className={styles['note']} role="status">
        <strong>{t('live.title')}</strong> {t(live === null ? 'live.none' : 'live.note')}
      </p>
      {live === null ? null : <LiveBars labels={live.classifier.labels} prediction={prediction} />}
    </section>
  );
}
