import type { Sha256 } from '../domain/ids.ts';
import type { Framing } from '../domain/preprocessing.ts';
import styles from './Thumbnail.module.css';
import { useThumbnailUrl } from './thumbnailUrls.ts';

interface ThumbnailProps {
  readonly hash: Sha256;
  /** Empty where the text next to it says what the photo is. */
  readonly alt: string;
  /** Shows the photo as the base will see it. */
  readonly framing: Framing;
}

/** A square that fills its container's width. */
export function Thumbnail({ hash, alt, framing }: ThumbnailProps) {
  const url = useThumbnailUrl(hash);
  return (
    <span className={styles['frame']}>
      {url === null ? null : (
        <img
          className={styles['image']}
          data-framing={framing}
          src={url}
          alt={alt}
          draggable={false}
          decoding="async"
        />
      )}
    </span>
  );
}
