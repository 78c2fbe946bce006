import { useEffect, useMemo, useRef, useState } from 'react';
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
  const [chart, setChart] = useState<uPlot | null>(null);
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
    let created: uPlot | null = null;
    const observer = new ResizeObserver(() => created?.setSize(size()));
    // A chart is slow to build, and several often appear at once: each gets a task of its own.
    const timer = setTimeout(() => {
      created = new uPlot({ ...options, ...size() }, undefined, element);
      observer.observe(element);
      setChart(created);
    }, 0);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      created?.destroy();
      setChart(null);
    };
  }, [options]);

  useEffect(() => {
    const [x, ...lines] = data;
    chart?.setData([[...x], ...lines.map((values) => [...values])]);
  }, [chart, data]);

  return <div ref={box} role="img" aria-label={label} className={styles['chart']} />;
}
