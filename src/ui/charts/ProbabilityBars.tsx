import { classColor } from '../classColors.ts';
import { useFormat } from '../format.ts';
import styles from './ProbabilityBars.module.css';

interface ProbabilityBar {
  readonly id: string;
  readonly name: string;
  readonly colorIndex: number;
  /** 0 to 1; `null` before there is an answer. */
  readonly probability: number | null;
}

interface ProbabilityBarsProps {
  readonly label: string;
  readonly bars: readonly ProbabilityBar[];
  readonly size?: 'small' | 'large';
}

/** One bar per class in the order given; the most probable one is written in bold. */
export function ProbabilityBars({ label, bars, size = 'small' }: ProbabilityBarsProps) {
  const format = useFormat();
  const highest = Math.max(...bars.map(({ probability }) => probability ?? 0));
  return (
    <ul aria-label={label} className={styles['bars']} data-size={size}>
      {bars.map(({ id, name, colorIndex, probability }) => (
        <li key={id} className={styles['row']} data-highest={probability === highest}>
          <span className={styles['name']} title={name}>
            {name}
          </span>
          <span aria-hidden="true" className={styles['track']}>
            <span
              className={styles['fill']}
              style={{
                width: `${String((probability ?? 0) * 100)}%`,
                background: classColor(colorIndex),
              }}
            />
          </span>
          <span className={styles['value']}>
            {probability === null ? '' : format.percent(probability)}
          </span>
        </li>
      ))}
    </ul>
  );
}
