import { median } from '../base/figures.ts';

/** Over seeds. */
export interface Spread {
  readonly mean: number;
  /** Of the sample, so with one less than its number as the divisor; `null` for a single value. */
  readonly deviation: number | null;
}

/** Mean and standard deviation of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, deviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

/** Such as `89.0 ± 0.7 %`. */
export function percent({ mean, deviation }: Spread): string {
  const spread = deviation === null ? '' : ` ± ${(deviation * 100).toFixed(1)}`;
  return `${(mean * 100).toFixed(1)}${spread} %`;
}

/** The median, such as `1.4 s`. */
export function typicalSeconds(durationsMs: readonly number[]): string {
  return `${(median(durationsMs) / 1000).toFixed(1)} s`;
}
