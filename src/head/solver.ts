import type { HeadWeights } from '../domain/head.ts';
import type { HeadConfig } from '../domain/headConfig.ts';
import type { EpochMetrics } from '../domain/trainingRun.ts';
import type { TrainingSet } from './trainingSet.ts';

/**
 * A way to fit the head: gives the metrics of each epoch and ends with the weights, which are for
 * the activations as they come in `set`.
 * Aborted after the first epoch it ends with the weights of the last whole one.
 * Errors: cancelled (before the first epoch is done), loss-not-finite {epoch}.
 */
export type Solver = (
  set: TrainingSet,
  config: HeadConfig,
  signal: AbortSignal,
) => AsyncGenerator<EpochMetrics, HeadWeights>;
