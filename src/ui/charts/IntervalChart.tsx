import { classNames } from '../classNames.ts';
import { chartRange } from './chartRange.ts';
import styles from './IntervalChart.module.css';

export interface IntervalPoint {
  readonly key: string;
  /** From 0 to 1, left to right. */
  readonly x: number;
  /** Below the axis. */
  readonly tick: string;
  /** All from 0 to 1. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Not measured: drawn hollow, at the end of a dashed line. */
  readonly isExpected?: boolean;
}

interface IntervalChartProps {
  /** Accessible name; a table with the same numbers stands beside the chart. */
  readonly label: string;
  /** From left to right. */
  readonly points: readonly IntervalPoint[];
  readonly formatY: (value: number) => string;
  readonly xTitle: string;
}

/** Shares with their intervals, joined by a line. The vertical axis holds what is there, in steps of 10 %. */
export function IntervalChart({ label, points, formatY, xTitle }: IntervalChartProps) {
  const { low: floor, lines, heightOf } = chartRange(points);
  const line = points.map(({ x, value }) => `${String(100 * x)},${String(100 - heightOf(value))}`);
  const numMeasured = points.filter(({ isExpected }) => isExpected !== true).length;
  return (
    <div role="img" aria-label={label} className={styles['chart']}>
      <div aria-hidden="true" className={styles['plot']}>
        {lines.map((value) => (
          <span
            key={value}
            className={styles['grid']}
            data-floor={value === floor}
            style={{ bottom: `${String(heightOf(value))}%` }}
          >
            {formatY(value)}
          </span>
        ))}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" className={styles['lines']}>
          <polyline points={line.slice(0, numMeasured).join(' ')} />
          <polyline
            className={styles['expectedLine']}
            points={line.slice(Math.max(0, numMeasured - 1)).join(' ')}
          />
        </svg>
        {points.map((point) => (
          <Point key={point.key} point={point} heightOf={heightOf} />
        ))}
      </div>
      <div aria-hidden="true" className={styles['title']}>
        {xTitle}
      </div>
    </div>
  );
}

interface PointProps {
  readonly point: IntervalPoint;
  readonly heightOf: (value: number) => number;
}

function Point({ point: { x, tick, value, low, high, isExpected }, heightOf }: PointProps) {
  const bottom = heightOf(low);
  return (
    <span className={styles['column']} style={{ left: `${String(100 * x)}%` }}>
      <span
        className={styles['interval']}
        style={{ bottom: `${String(bottom)}%`, height: `${String(heightOf(high) - bottom)}%` }}
      />
      <span
        className={classNames(styles['value'], isExpected === true && styles['expected'])}
        style={{ bottom: `${String(heightOf(value))}%` }}
      />
      <span className={styles['tick']}>{tick}</span>
    </span>
  );
}
