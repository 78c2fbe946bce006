import { classNames } from '../classNames.ts';
import { chartRange } from './chartRange.ts';
import styles from './IntervalChart.module.css';

export interface IntervalPoint {
  readonly key: string;
  /** From 0 to 1, left to right. */
  readonly x: number;
  /** Below the axis. */
  readonly tick: string;
  /** What is chosen with it, where points can be chosen. */
  readonly name?: string;
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
  /** Makes buttons of the points. */
  readonly choice?: PointChoice;
}

interface PointChoice {
  readonly chosenKey: string;
  readonly onChoose: (key: string) => void;
}

/** Shares with their intervals, joined by a line. The vertical axis holds what is there, in steps of 10 %. */
export function IntervalChart({ label, points, formatY, xTitle, choice }: IntervalChartProps) {
  const { low: floor, lines, heightOf } = chartRange(points);
  const line = points.map(({ x, value }) => `${String(100 * x)},${String(100 - heightOf(value))}`);
  const numMeasured = points.filter(({ isExpected }) => isExpected !== true).length;
  return (
    <div
      role={choice === undefined ? 'img' : 'group'}
      aria-label={label}
      className={styles['chart']}
    >
      <div className={styles['plot']}>
        {lines.map((value) => (
          <span
            key={value}
            aria-hidden="true"
            className={styles['grid']}
            data-floor={value === floor}
            style={{ bottom: `${String(heightOf(value))}%` }}
          >
            {formatY(value)}
          </span>
        ))}
        <svg
          aria-hidden="true"
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className={styles['lines']}
        >
          <polyline points={line.slice(0, numMeasured).join(' ')} />
          <polyline
            className={styles['expectedLine']}
            points={line.slice(Math.max(0, numMeasured - 1)).join(' ')}
          />
        </svg>
        {points.map((point) => (
          <Point key={point.key} point={point} heightOf={heightOf} choice={choice} />
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
  readonly choice: PointChoice | undefined;
}

function Point({ point, heightOf, choice }: PointProps) {
  const { key, x, tick, name, value, low, high, isExpected } = point;
  const bottom = heightOf(low);
  const isChosen = choice?.chosenKey === key;
  return (
    <span className={styles['column']} style={{ left: `${String(100 * x)}%` }}>
      {choice === undefined ? null : (
        <button
          type="button"
          className={styles['target']}
          aria-label={name}
          aria-pressed={isChosen}
          onClick={() => {
            choice.onChoose(key);
          }}
        />
      )}
      <span
        className={styles['interval']}
        style={{ bottom: `${String(bottom)}%`, height: `${String(heightOf(high) - bottom)}%` }}
      />
      <span
        className={classNames(
          styles['value'],
          isExpected === true && styles['expected'],
          isChosen && styles['chosen'],
        )}
        style={{ bottom: `${String(heightOf(value))}%` }}
      />
      <span aria-hidden="true" className={styles['tick']}>
        {tick}
      </span>
    </span>
  );
}
