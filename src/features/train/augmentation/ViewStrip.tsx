import styles from './augmentation.module.css';

interface ViewStripProps {
  /** What is seen, for all pictures together. */
  readonly label: string;
  readonly urls: readonly string[];
}

/** Pictures of one photo's views, side by side. */
export function ViewStrip({ label, urls }: ViewStripProps) {
  return (
    <ul className={styles['strip']} aria-label={label}>
      {urls.map((url) => (
        <li key={url}>
          <img src={url} alt="" draggable={false} />
        </li>
      ))}
    </ul>
  );
}
