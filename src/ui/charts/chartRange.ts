interface ChartRange {
  /** Value at the lower end of the axis. */
  readonly low: number;
  /** Values with a line across the chart, from the lowest. */
  readonly lines: readonly number[];
  /** Percent of the chart's height. */
  readonly heightOf: (value: number) => number;
}

/** The tenths between which all intervals lie, with at most six lines across. */
export function chartRange(
  points: readonly { readonly low: number; readonly high: number }[],
): ChartRange {
  const lowest = Math.floor(10 * Math.min(1, ...points.map(({ low }) => low)));
  const highest = Math.ceil(10 * Math.max(0, ...points.map(({ high }) => high)));
  const bottom = Math.max(0, Math.min(lowest, 9));
  const top = Math.min(10, Math.max(highest, bottom + 1));
  const step = top - bottom > 5 ? 2 : 1;
  const lines: number[] = [];
  for (let tenths = bottom; tenths <= top; tenths += step) lines.push(tenths / 10);
  const heightOf = (value: number) => (100 * (10 * value - bottom)) / (top - bottom);
  return { low: bottom / 10, lines, heightOf };
}
