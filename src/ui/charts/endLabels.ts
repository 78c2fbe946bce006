import type uPlot from 'uplot';

const GAP = 8;
const LINE_HEIGHT = 14;

export interface LineName {
  readonly text: string;
  readonly color: string;
}

/** Width that the names need right of the plot, in CSS pixels. */
export function endLabelsWidth(chart: uPlot, names: readonly LineName[], font: string): number {
  chart.ctx.save();
  chart.ctx.font = font;
  const widths = names.map(({ text }) => chart.ctx.measureText(text).width);
  chart.ctx.restore();
  return Math.ceil(Math.max(...widths)) + 2 * GAP;
}

/** Writes each line's name at its last point, so that nobody has to match colours with a legend. */
export function drawEndLabels(chart: uPlot, names: readonly LineName[], font: string): void {
  const { ctx } = chart;
  const labels = names.flatMap((name, index) => {
    const end = lineEnd(chart, index + 1);
    return end === null ? [] : [{ ...name, ...end }];
  });
  ctx.save();
  ctx.scale(devicePixelRatio, devicePixelRatio);
  ctx.font = font;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { text, color, x, y } of spreadLabels(labels, LINE_HEIGHT)) {
    ctx.fillStyle = color;
    ctx.fillText(text, x + GAP, y);
  }
  ctx.restore();
}

/** Moves two labels apart that would overlap, evenly up and down. */
export function spreadLabels<Label extends { readonly y: number }>(
  labels: readonly Label[],
  distance: number,
): Label[] {
  const [upper, lower, ...others] = labels.toSorted((a, b) => a.y - b.y);
  if (upper === undefined || lower === undefined) return [...labels];
  const overlap = Math.max(0, distance - (lower.y - upper.y));
  return [
    { ...upper, y: upper.y - overlap / 2 },
    { ...lower, y: lower.y + overlap / 2 },
    ...others,
  ];
}

/** Last point of a series in CSS pixels. */
function lineEnd(chart: uPlot, series: number): { x: number; y: number } | null {
  const [xs] = chart.data;
  const last = xs.length - 1;
  const x = xs[last];
  const y = chart.data[series]?.[last];
  if (typeof x !== 'number' || typeof y !== 'number') return null;
  return {
    x: chart.valToPos(x, 'x', true) / devicePixelRatio,
    y: chart.valToPos(y, 'y', true) / devicePixelRatio,
  };
}
