import { useRef, useState, type KeyboardEvent } from 'react';
import { classNames } from '../classNames.ts';
import styles from './ConfusionMatrix.module.css';

/** A pair of true and predicted class. */
export interface MatrixCell {
  readonly trueIndex: number;
  readonly predictedIndex: number;
}

interface ConfusionMatrixProps {
  readonly caption: string;
  readonly trueHeading: string;
  readonly predictedHeading: string;
  readonly classNames: readonly string[];
  /** [true class][predicted class], counts. */
  readonly matrix: readonly (readonly number[])[];
  readonly formatCount: (count: number) => string;
  /** Accessible name of a cell's button. */
  readonly cellLabel: (cell: MatrixCell, count: number) => string;
  readonly selected: MatrixCell | null;
  readonly onSelect: (cell: MatrixCell) => void;
}

const ARROWS: Partial<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Rows are true classes, columns predicted ones. Each cell is a button with its count, shaded by its
 * share of the row; cells on the diagonal are framed. One tab stop: arrow keys move between cells.
 */
export function ConfusionMatrix(props: ConfusionMatrixProps) {
  const { matrix, selected } = props;
  const [current, setCurrent] = useState<MatrixCell>({ trueIndex: 0, predictedIndex: 0 });
  const table = useRef<HTMLTableElement>(null);
  const last = matrix.length - 1;

  const move = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined) return;
    event.preventDefault();
    const next = {
      trueIndex: Math.min(last, Math.max(0, current.trueIndex + arrow[0])),
      predictedIndex: Math.min(last, Math.max(0, current.predictedIndex + arrow[1])),
    };
    setCurrent(next);
    const position = next.trueIndex * matrix.length + next.predictedIndex;
    table.current?.querySelectorAll<HTMLElement>('td button')[position]?.focus();
  };

  return (
    <div className={styles['scroll']}>
      <table ref={table} className={styles['matrix']} onKeyDown={move}>
        <caption className="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={matrix.length} className={styles['axis']}>
              {props.predictedHeading}
            </th>
          </tr>
          <tr>
            <th scope="col" className={styles['axis']}>
              {props.trueHeading}
            </th>
            {props.classNames.map((name, index) => (
              <th key={index} scope="col" className={styles['column']} title={name}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, trueIndex) => (
            <tr key={trueIndex}>
              <th scope="row" className={styles['row']} title={props.classNames[trueIndex]}>
                {props.classNames[trueIndex]}
              </th>
              {row.map((count, predictedIndex) => {
                const cell = { trueIndex, predictedIndex };
                return (
                  <td key={predictedIndex}>
                    <CellButton
                      label={props.cellLabel(cell, count)}
                      text={props.formatCount(count)}
                      share={count / Math.max(1, sum(row))}
                      isCorrect={trueIndex === predictedIndex}
                      isSelected={selected !== null && isSame(selected, cell)}
                      isTabStop={isSame(current, cell)}
                      onSelect={() => {
                        setCurrent(cell);
                        props.onSelect(cell);
                      }}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellButtonProps {
  readonly label: string;
  readonly text: string;
  readonly share: number;
  readonly isCorrect: boolean;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly onSelect: () => void;
}

function CellButton(props: CellButtonProps) {
  const { share, isCorrect } = props;
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.isSelected}
      tabIndex={props.isTabStop ? 0 : -1}
      className={classNames(
        styles['cell'],
        isCorrect ? styles['correct'] : styles['wrong'],
        share > 0.5 && styles['strong'],
        share === 0 && styles['none'],
      )}
      style={{ ['--fill' as string]: `${String(fillPercent(share))}%` }}
      onClick={props.onSelect}
    >
      {props.text}
    </button>
  );
}

/** Skips the middle tones, on which neither dark nor light text can be read. */
function fillPercent(share: number): number {
  if (share === 0) return 0;
  return Math.round(share > 0.5 ? 92 + 16 * (share - 0.5) : 12 + 66 * share);
}

function isSame(a: MatrixCell, b: MatrixCell): boolean {
  return a.trueIndex === b.trueIndex && a.predictedIndex === b.predictedIndex;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
