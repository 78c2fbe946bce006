import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useResolvedColors } from '../classColors.ts';
import styles from './LineChart.module.css';
import { lineChartOptions, type LineChartShape } from './lineChartOptions.ts';

interface LineChartProps {
  /** Accessible name: what is drawn. The numbers belong in a table beside the chart. */
  readonly label: string;
  /** Keep the same object as long as nothing in it changes: a new one builds a new chart. */
  readonly shape: LineChartShape;
  /** x, then the values of each line; `null` leaves a gap. */
  readonly data: readonly [readonly number[], ...(readonly (number | null)[])[]];
}

const COLORS = ['--accent', '--text-soft', '--line', '--surface-card'];

/** Lines over whole numbers, drawn again with the theme and the size. */
export function LineChart({ label, shape, data }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latestData = useRef(data);
  const colors = useResolvedColors(COLORS);

  const options = useMemo(() => {
    const [accent = '', soft = '', grid = '', background = ''] = colors;
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    return lineChartOptions({ accent, soft, grid, background, font }, shape);
  }, [colors, shape]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const size = () => ({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(() => chart.current?.setSize(size()));
    // A chart is slow to build, and several often appear at once: each gets a task of its own.
    const timer = setTimeout(() => {
      const aligned = toAlignedData(latestData.current);
      chart.current = new uPlot({ ...options, ...size() }, aligned, element);
      observer.observe(element);
    }, 0);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [options]);

  useEffect(() => {
    latestData.current = data;
    chart.current?.setData(toAlignedData(data));
  }, [data]);

  return <div ref={box} role="img" aria-label={label} className={styles['chart']} />;
}

function toAlignedData([x, ...lines]: LineChartProps['data']): uPlot.AlignedData {
  return [[...x], ...lines.map((values) => [...values])];
}
