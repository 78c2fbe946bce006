import { useTranslation } from 'react-i18next';
import type { Framing } from '../../domain/preprocessing.ts';
import type { ClassLabel, Sample } from '../../domain/project.ts';
import { useFormat } from '../../ui/format.ts';
import { Thumbnail } from '../../ui/Thumbnail.tsx';
import styles from './PhotoStrip.module.css';

const MAX_PHOTOS = 12;

interface PhotoStripProps {
  readonly label: ClassLabel;
  /** Newest first. */
  readonly samples: readonly Sample[];
  readonly framing: Framing;
  readonly onOpen: () => void;
}

/** The newest dozen photos, as one button that shows them all. */
export function PhotoStrip({ label, samples, framing, onOpen }: PhotoStripProps) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const count = samples.length;
  if (count === 0) {
    return (
      <div className={styles['empty']}>
        <p>{t('class.noPhotos')}</p>
        <p className={styles['tip']}>{t('class.fewPhotos')}</p>
      </div>
    );
  }
  const numHidden = count - MAX_PHOTOS;
  return (
    <button
      type="button"
      className={styles['strip']}
      aria-label={t('class.open', {
        count,
        formatted: format.number(count),
        name: label.name,
      })}
      onClick={onOpen}
    >
      {samples.slice(0, MAX_PHOTOS).map((sample) => (
        <Thumbnail key={sample.id} hash={sample.imageHash} alt="" framing={framing} />
      ))}
      {numHidden > 0 ? <span className={styles['more']}>+{format.number(numHidden)}</span> : null}
    </button>
  );
}
