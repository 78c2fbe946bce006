import type uPlot from 'uplot';
import { drawEndLabels, endLabelsWidth } from './endLabels.ts';

interface LineStyle {
  readonly name: string;
  /** Dashed with hollow markers in the accent colour, against a plain soft line. */
  readonly isMarked: boolean;
}

export interface LineChartLook {
  readonly accent: string;
  readonly soft: string;
  readonly grid: string;
  readonly background: string;
  readonly font: string;
}

export interface LineChartShape {
  readonly styles: readonly LineStyle[];
  /** Right end of the axis, which may lie ahead of the data; it begins at 1. */
  readonly xMax: number;
  /** Upper end of the axis, which begins at 0; `null` follows the data. */
  readonly yMax: number | null;
  readonly formatY: (value: number) => string;
  /** Charts with one key show their cursors together. */
  readonly syncKey: string;
  /** Index of the point under the pointer. */
  readonly onHover: (index: number | null) => void;
}

/** Room above the highest value. */
const HEADROOM = 1.08;

/** uPlot's options without the size. */
export function lineChartOptions(
  look: LineChartLook,
  { styles, xMax, yMax, formatY, syncKey, onHover }: LineChartShape,
): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = { stroke: look.soft, font: look.font, ticks: { show: false } };
  const names = styles.map(({ name, isMarked }) => ({
    text: name,
    color: isMarked ? look.accent : look.soft,
  }));
  return {
    legend: { show: false },
    // Room above for the upper of two names at 100 %.
    padding: [16, (chart) => endLabelsWidth(chart, names, look.font), 0, 0],
    scales: {
      x: { time: false, range: [1, Math.max(2, xMax)] },
      y: { range: (_chart, _low, high) => [0, yMax ?? (high > 0 ? high * HEADROOM : 1)] },
    },
    axes: [
      { ...axis, grid: { show: false }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], size: 28 },
      {
        ...axis,
        grid: { stroke: look.grid, width: 1 },
        values: (_chart, values) => values.map(formatY),
        size: 52,
        space: 40,
      },
    ],
    series: [{}, ...styles.map(({ isMarked }) => seriesLook(look, isMarked))],
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: syncKey } },
    hooks: {
      draw: [(chart) => drawEndLabels(chart, names, look.font)],
      setCursor: [({ cursor }) => onHover((cursor.left ?? -1) < 0 ? null : (cursor.idx ?? null))],
    },
  };
}

function seriesLook({ accent, soft, background }: LineChartLook, isMarked: boolean): uPlot.Series {
  return isMarked
    ? {
        stroke: accent,
        width: 2,
        dash: [6, 4],
        points: { size: 7, width: 2, stroke: accent, fill: background },
      }
    : { stroke: soft, width: 2, points: { size: 5, stroke: soft, fill: soft } };
}
