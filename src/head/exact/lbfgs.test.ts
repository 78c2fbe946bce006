import { expect, it } from 'vitest';
import { minimise } from './lbfgs.ts';
import type { Evaluation, Objective } from './lineSearch.ts';

const options = { gradientTolerance: 1e-8, maxIterations: 500 };

/** Rosenbrock's function in pairs: a curved valley with its minimum, 0, where every component is 1. */
const valley: Objective<Evaluation> = (x) => {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i < x.length; i += 2) {
    const [a = 0, b = 0] = [x[i], x[i + 1]];
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    gradient[i] = -400 * a * (b - a * a) - 2 * (1 - a);
    gradient[i + 1] = 200 * (b - a * a);
  }
  return { value, gradient };
};

it('finds the end of a curved valley', () => {
  const start = Float64Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
  const last = [...minimise(valley, start, options)].at(-1);
  expect(last?.gradientNorm).toBeLessThanOrEqual(1e-8);
  for (const value of last?.point ?? []) expect(value).toBeCloseTo(1, 7);
  // Steepest descent would take tens of thousands.
  expect(last?.iteration).toBeLessThan(80);
});

it('never goes up', () => {
  const start = Float64Array.from([-1.2, 1]);
  const values = [...minimise(valley, start, options)].map(({ evaluation }) => evaluation.value);
  expect(values).toEqual(values.toSorted((a, b) => b - a));
});

it('needs few iterations where the scales of a quadratic differ by a million', () => {
  const scales = [1, 1e3, 1e6];
  const bowl: Objective<Evaluation> = (x) => ({
    value: scales.reduce((sum, scale, i) => sum + (scale * ((x[i] ?? 0) - i) ** 2) / 2, 0),
    gradient: Float64Array.from(scales, (scale, i) => scale * ((x[i] ?? 0) - i)),
  });
  const last = [...minimise(bowl, new Float64Array(3), options)].at(-1);
  expect([...(last?.point ?? [])].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 1, 2]);
  expect(last?.iteration).toBeLessThan(40);
});

it('ends at once at the minimum, and without an answer where there is none', () => {
  expect([...minimise(valley, Float64Array.from([1, 1]), options)]).toHaveLength(1);
  const falling: Objective<Evaluation> = () => ({ value: NaN, gradient: Float64Array.of(1) });
  expect([...minimise(falling, Float64Array.of(0), options)]).toHaveLength(1);
});
