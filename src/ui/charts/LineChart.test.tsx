// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LineChart } from './LineChart.tsx';
import type { LineChartShape } from './lineChartOptions.ts';

const { built } = vi.hoisted(() => ({ built: [] as { numLines: number; data: unknown[][] }[] }));

// Draws on a canvas, which jsdom does not have; like the real one it wants a column for each line.
vi.mock('uplot', () => ({
  default: class {
    readonly #numLines: number;

    constructor({ series }: { series: unknown[] }, data: unknown[]) {
      this.#numLines = series.length - 1;
      this.setData(data);
    }

    setData(data: unknown[]) {
      if (data.length !== this.#numLines + 1) throw new Error('A line has no values');
      built.push({ numLines: this.#numLines, data: data as unknown[][] });
    }

    destroy() {
      this.setData = () => {
        throw new Error('This chart is gone');
      };
    }
  },
}));

const BOTH = shapeOf('training', 'validation');
const ONE = shapeOf('training');

function shapeOf(...names: string[]): LineChartShape {
  return {
    styles: names.map((name) => ({ name, isMarked: false })),
    xMax: 5,
    yMax: 1,
    formatY: String,
    syncKey: 'test',
    onHover: () => undefined,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn() }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn();
      disconnect = vi.fn();
    },
  );
  built.length = 0;
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a chart is built in a later task, with the newest values', () => {
  const { rerender } = render(<LineChart label="x" shape={BOTH} data={[[], [], []]} />);
  rerender(<LineChart label="x" shape={BOTH} data={[[1], [0.5], [0.4]]} />);
  expect(built).toEqual([]);
  vi.runAllTimers();
  rerender(
    <LineChart
      label="x"
      shape={BOTH}
      data={[
        [1, 2],
        [0.5, 0.6],
        [0.4, 0.5],
      ]}
    />,
  );
  expect(built.map(({ data }) => data[0])).toEqual([[1], [1, 2]]);
});

test('values for fewer lines wait for the chart that has fewer', () => {
  const { rerender } = render(<LineChart label="x" shape={BOTH} data={[[], [], []]} />);
  vi.runAllTimers();
  rerender(<LineChart label="x" shape={ONE} data={[[1], [0.5]]} />);
  vi.runAllTimers();
  expect(built.map(({ numLines }) => numLines)).toEqual([2, 1]);
});
