import type { Checkpoint } from '../domain/checkpoint.ts';
import type { HeadWeights, TunedTensor } from '../domain/head.ts';
import type { HeadConfig } from '../domain/headConfig.ts';
import type { ClassLabelId } from '../domain/ids.ts';
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

/** Where a fit begins if not at the very start. */
export interface Beginning {
  /** Of a fit of the same set with the same configuration, perhaps to fewer epochs: it goes on there. */
  readonly checkpoint?: Checkpoint | null;
  /** Of an earlier head: its classes, as far as they are still there, begin with what it has learnt. */
  readonly head?: LearntHead;
}

export interface LearntHead {
  readonly weights: HeadWeights;
  /** Of its classes, in the order of its outputs. */
  readonly labelIds: readonly ClassLabelId[];
  /** The base's tensors that were trained with it. */
  readonly tuned?: readonly TunedTensor[];
}

/** What a solver tells on its way; only until it is asked for more can an epoch's state be read. */
export type SolverProgress =
  | Extract<FitProgress, { kind: 'search' }>
  | (Extract<FitProgress, { kind: 'epoch' }> & {
      /** Absent for solvers that are done so soon that they begin again instead. */
      readonly readState?: () => Promise<Checkpoint['state']>;
    });

/**
 * A way to fit the head: tells of each fit of its search, if it has one, and of each epoch.
 * Scaling is its own affair. Aborted after the first epoch it ends with what it has by then.
 * Errors: cancelled (before the first epoch is done), loss-not-finite {epoch}.
 */
export type Solver<Config extends HeadConfig> = (
  set: TrainingSet,
  config: Config,
  signal: AbortSignal,
  beginning?: Beginning,
) => AsyncGenerator<SolverProgress, Solution>;
