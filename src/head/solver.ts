import type { HeadWeights, TunedTensor } from '../domain/head.ts';
import type { HeadConfig } from '../domain/headConfig.ts';
import type { ExactChoice, FitProgress } from '../domain/trainingRun.ts';
import type { LabelledActivations, TrainingSet } from './trainingSet.ts';

export interface Solution {
  /** For raw activations, as they come in the set. */
  readonly weights: HeadWeights;
  /** Ended by its signal, with the weights of the last whole epoch. */
  readonly isStoppedEarly: boolean;
  /** Absent for solvers that choose nothing. */
  readonly chosen?: ExactChoice;
  /** The base's tensors that were trained too. */
  readonly tuned?: readonly TunedTensor[];
  /**
   * Probabilities [numSamples, numClasses] for activations as they come in the set; absent where these are
   * what the weights take.
   */
  readonly answer?: (part: LabelledActivations) => Promise<Float32Array>;
}

/**
 * A way to fit the head: tells of each fit of its search, if it has one, and of each epoch.
 * Scaling is its own affair. Aborted after the first epoch it ends with what it has by then.
 * Errors: cancelled (before the first epoch is done), loss-not-finite {epoch}.
 */
export type Solver<Config extends HeadConfig> = (
  set: TrainingSet,
  config: Config,
  signal: AbortSignal,
) => AsyncGenerator<FitProgress, Solution>;
