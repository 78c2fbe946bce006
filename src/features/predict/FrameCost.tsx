import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { AveragedFrames } from './useAveragedFrames.ts';
import styles from './WebcamCard.module.css';

/** What averaging over views makes of a frame's time, or that it would take too long; nothing without it. */
export function FrameCost({ frames }: { readonly frames: AveragedFrames }) {
  const { t } = useTranslation('averaging');
  const format = useFormat();
  const { frameMs, numViews, isAveraged } = frames;
  if (frameMs === null) return null;
  const cost = { views: format.number(numViews), ms: format.number(frameMs) };
  return (
    <p className={styles['note']} role="status">
      {t(isAveraged ? 'frame.averaged' : 'frame.tooSlow', cost)}
    </p>
  );
}
