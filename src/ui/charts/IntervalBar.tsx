import styles from './IntervalBar.module.css';

interface IntervalBarProps {
  /** All from 0 to 1. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A value and its interval on a scale from 0 to 100 %. Decoration: the numbers stand beside it. */
export function IntervalBar({ value, low, high }: IntervalBarProps) {
  const percent = (share: number) => `${String(share * 100)}%`;
  return (
    <div aria-hidden="true" className={styles['scale']}>
      <span
        className={styles['interval']}
        style={{ left: percent(low), width: percent(high - low) }}
      />
      <span className={styles['value']} style={{ left: percent(value) }} />
    </div>
  );
}
