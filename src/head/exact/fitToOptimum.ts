import { GraftError, throwIfCancelled } from '../../domain/errors.ts';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import { createBreather } from '../breather.ts';
import { minimise, type Iteration } from './lbfgs.ts';
import { measureBlock, penalisedLoss, type Block, type Penalised } from './softmaxProblem.ts';
import type { Fit } from './softmaxErrors.ts';
import type { Evaluation } from './lineSearch.ts';

interface FitTask {
  readonly train: readonly Block[];
  readonly validation: Block | null;
  readonly penalised: Penalised;
  readonly signal: AbortSignal;
}

export interface Fitted {
  /** As the penalised loss takes it. */
  readonly point: Float64Array;
  readonly isStoppedEarly: boolean;
}

/** Largest gradient left at the optimum, in nats per weight of an activation with variance 1. */
const GRADIENT_TOLERANCE = 1e-4;
/** The same as a share of the strength: no weight is further than this from its optimum. */
const WEIGHT_TOLERANCE = 1e-3;
const MAX_ITERATIONS = 500;

/**
 * From zero to the minimum of the penalised loss, with the metrics of each iteration on the way.
 * Aborted after the first, it ends where it is. Errors: cancelled, loss-not-finite {epoch}.
 */
export async function* fitToOptimum(task: FitTask): AsyncGenerator<EpochMetrics, Fitted> {
  const { train, penalised, signal } = task;
  const gradientTolerance = Math.min(GRADIENT_TOLERANCE, WEIGHT_TOLERANCE * penalised.l2);
  const options = { gradientTolerance, maxIterations: MAX_ITERATIONS };
  const start = new Float64Array((penalised.factors.length + 1) * penalised.numClasses);
  const breathe = createBreather();
  let point: Float64Array = start;
  let startedAt = performance.now();
  for (const reached of minimise(penalisedLoss(train, penalised), start, options)) {
    const { iteration, evaluation, gradientNorm } = reached;
    if (!Number.isFinite(evaluation.value)) {
      throw new GraftError('loss-not-finite', 'The training loss is not finite', { epoch: 1 });
    }
    await breathe();
    if (signal.aborted && iteration > 1) return { point, isStoppedEarly: true };
    throwIfCancelled(signal);
    point = reached.point;
    // The start counts only where there is nowhere to go from it.
    if (iteration === 0 && gradientNorm > gradientTolerance) continue;
    yield metricsOf(task, reached, performance.now() - startedAt);
    startedAt = performance.now();
  }
  return { point, isStoppedEarly: false };
}

function metricsOf(
  { validation, penalised }: FitTask,
  { iteration, point, evaluation: { loss, accuracy } }: Iteration<Evaluation & Fit>,
  durationMs: number,
): EpochMetrics {
  const held = validation && measureBlock(validation, point, penalised.factors);
  return {
    epoch: Math.max(1, iteration),
    loss,
    accuracy,
    validationLoss: held?.loss ?? null,
    validationAccuracy: held?.accuracy ?? null,
    durationMs,
  };
}
