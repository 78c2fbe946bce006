import { searchLine, type Evaluation, type Objective } from './lineSearch.ts';
import { addScaled, dot, largestMagnitude, plusScaled, scale } from './vectors.ts';

export interface Iteration<E extends Evaluation> {
  /** 0 at the start. */
  readonly iteration: number;
  readonly point: Float64Array;
  readonly evaluation: E;
  /** Largest magnitude among the gradient's components. */
  readonly gradientNorm: number;
}

export interface MinimiseOptions {
  /** Ends when no component of the gradient is larger. */
  readonly gradientTolerance: number;
  readonly maxIterations: number;
}

/** A step and the change of gradient over it: what the curvature is learnt from. */
interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step · change) */
  readonly perCurvature: number;
}

const MEMORY = 10;

/**
 * Minimises a smooth function by L-BFGS with a line search for the strong Wolfe conditions
 * (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 7.4 and 7.5), giving the
 * start and each iteration as it is done. Ends at the tolerance, at the limit, or where rounding allows no descent.
 */
export function* minimise<E extends Evaluation>(
  objective: Objective<E>,
  start: Float64Array,
  { gradientTolerance, maxIterations }: MinimiseOptions,
): Generator<Iteration<E>, void> {
  let point = start;
  let evaluation = objective(point);
  let corrections: readonly Correction[] = [];
  for (let iteration = 0; ; iteration++) {
    const gradientNorm = largestMagnitude(evaluation.gradient);
    yield { iteration, point, evaluation, gradientNorm };
    if (gradientNorm <= gradientTolerance || iteration === maxIterations) return;
    const step = (known: readonly Correction[]) => {
      const direction = descentDirection(evaluation.gradient, known);
      // Without knowledge of the curvature a step of about length 1 is as good as any.
      const firstStep = known.length > 0 ? 1 : 1 / Math.sqrt(dot(direction, direction));
      return searchLine(objective, { point, direction, evaluation }, firstStep);
    };
    let found = step(corrections);
    if (found === null && corrections.length > 0) {
      corrections = [];
      found = step(corrections);
    }
    if (found === null) return;
    corrections = remember(corrections, point, evaluation, found.point, found.evaluation);
    ({ point, evaluation } = found);
  }
}

/** Minus the gradient times the inverse of the Hessian that the corrections tell of: the two-loop recursion. */
function descentDirection(
  gradient: Float64Array,
  corrections: readonly Correction[],
): Float64Array {
  const direction = gradient.slice();
  scale(direction, -1);
  const weights: number[] = [];
  for (const { step, change, perCurvature } of corrections.toReversed()) {
    const weight = perCurvature * dot(step, direction);
    weights.push(weight);
    addScaled(direction, change, -weight);
  }
  const newest = corrections.at(-1);
  if (newest !== undefined) {
    scale(direction, 1 / (newest.perCurvature * dot(newest.change, newest.change)));
  }
  for (const { step, change, perCurvature } of corrections) {
    const weight = weights.pop() ?? 0;
    addScaled(direction, step, weight - perCurvature * dot(change, direction));
  }
  return direction;
}

function remember(
  corrections: readonly Correction[],
  from: Float64Array,
  before: Evaluation,
  to: Float64Array,
  after: Evaluation,
): readonly Correction[] {
  const step = plusScaled(to, from, -1);
  const change = plusScaled(after.gradient, before.gradient, -1);
  const curvature = dot(step, change);
  // Rounding can hide the curvature of a tiny step; such a step teaches nothing.
  if (curvature <= 1e-10 * dot(change, change)) return corrections;
  return [...corrections, { step, change, perCurvature: 1 / curvature }].slice(-MEMORY);
}
