import type { GradientConfig } from '../../domain/headConfig.ts';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import type { Beginning, Solution } from '../solver.ts';
import type { TrainingSet } from '../trainingSet.ts';
import { solveByGradient } from './gradientSolver.ts';

/** Runs the solver to its end; `onEpoch` may abort it. */
export async function solutionOf(
  set: TrainingSet,
  config: GradientConfig,
  signal = new AbortController().signal,
  onEpoch: (epoch: number) => void = () => undefined,
  beginning?: Beginning,
): Promise<Solution & { readonly epochs: readonly EpochMetrics[] }> {
  const epochs: EpochMetrics[] = [];
  const solving = solveByGradient(set, config, signal, beginning);
  let step = await solving.next();
  while (step.done !== true) {
    if (step.value.kind !== 'epoch') throw new Error('There is nothing to search for');
    epochs.push(step.value.metrics);
    onEpoch(step.value.metrics.epoch);
    step = await solving.next();
  }
  return { ...step.value, epochs };
}
