import { dot, plusScaled } from './vectors.ts';

/** What a function is at a point; whatever else is measured there may come along. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Pure: the same point gives the same answer. */
export type Objective<E extends Evaluation> = (point: Float64Array) => E;

interface Line<E extends Evaluation> {
  readonly point: Float64Array;
  readonly direction: Float64Array;
  /** At `point`. */
  readonly evaluation: E;
}

interface Trial<E extends Evaluation> {
  readonly step: number;
  readonly point: Float64Array;
  readonly evaluation: E;
  /** Derivative along the line. */
  readonly slope: number;
}

/** Decrease asked of a step, as a share of what the slope promises. */
const SUFFICIENT_DECREASE = 1e-4;
/** Slope left after a step, as a share of the slope before. */
const CURVATURE = 0.9;
const MAX_TRIALS = 25;

/**
 * A step along the line that meets the strong Wolfe conditions: brackets one by doubling, then closes
 * in on it by cubic interpolation (Nocedal and Wright, algorithms 3.5 and 3.6). `null` where the
 * direction does not descend or no trial got lower, as happens at the limit of rounding.
 */
export function searchLine<E extends Evaluation>(
  objective: Objective<E>,
  { point, direction, evaluation }: Line<E>,
  firstStep: number,
): { readonly point: Float64Array; readonly evaluation: E } | null {
  const slopeHere = dot(direction, evaluation.gradient);
  const start: Trial<E> = { step: 0, point, evaluation, slope: slopeHere };
  if (!(start.slope < 0)) return null;

  const tryStep = (step: number): Trial<E> => {
    const there = plusScaled(point, direction, step);
    const found = objective(there);
    const slope = dot(direction, found.gradient);
    return { step, point: there, evaluation: found, slope };
  };
  const isTooHigh = ({ step, evaluation: { value } }: Trial<E>) =>
    !(value <= evaluation.value + SUFFICIENT_DECREASE * step * start.slope);
  const isFlat = ({ slope }: Trial<E>) => Math.abs(slope) <= -CURVATURE * start.slope;

  /** Ends of an interval with a good step inside; `low` has the lower value of the two. */
  let low = start;
  let high: Trial<E> | null = null;
  let step = firstStep;
  for (let trials = 0; trials < MAX_TRIALS; trials++) {
    const trial = tryStep(step);
    const isWorse =
      isTooHigh(trial) || (low.step > 0 && !(trial.evaluation.value < low.evaluation.value));
    if (!isWorse && isFlat(trial)) return trial;
    if (isWorse) high = trial;
    else {
      const isPastMinimum = trial.slope * (high === null ? 1 : high.step - low.step) >= 0;
      if (isPastMinimum) high = low;
      low = trial;
    }
    step = high === null ? 2 * step : between(low, high);
  }
  return low.step > 0 ? low : null;
}

/** The minimum of the cubic through both ends, kept off the ends so that the interval shrinks. */
function between(low: Trial<Evaluation>, high: Trial<Evaluation>): number {
  const width = high.step - low.step;
  const rise = (low.evaluation.value - high.evaluation.value) / (low.step - high.step);
  const d1 = low.slope + high.slope - 3 * rise;
  const square = d1 * d1 - low.slope * high.slope;
  const d2 = Math.sign(width) * Math.sqrt(square);
  const cubic = high.step - (width * (high.slope + d2 - d1)) / (high.slope - low.slope + 2 * d2);
  const middle = low.step + width / 2;
  if (!(square >= 0) || !Number.isFinite(cubic)) return middle;
  const share = (cubic - low.step) / width;
  return share < 0.1 || share > 0.9 ? middle : cubic;
}
