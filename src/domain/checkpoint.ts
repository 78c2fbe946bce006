import type { HeadWeights, TunedTensor } from './head.ts';
import type { RunId } from './ids.ts';
import type { EpochMetrics } from './trainingRun.ts';

/** A variable's values, to the last bit. */
export interface KeptTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What early stopping goes by. */
export interface BestSoFar<Weights> {
  readonly weights: Weights;
  readonly lowestLoss: number;
  /** Epochs since then. */
  readonly numEpochsSince: number;
}

/** All that gradient descent has learnt and gathered by the end of an epoch. */
interface DescentState<Variable extends KeptTensor, Weights> {
  /** Of the layers, in their order. */
  readonly variables: readonly Variable[];
  /** By the optimiser's own names. */
  readonly optimizer: Readonly<Record<string, KeptTensor>>;
  readonly best: BestSoFar<Weights> | null;
}

/** Of a head. */
export type FitState = DescentState<KeptTensor, HeadWeights>;

/** Of layers of the base with a head on top. */
export type TuningState = DescentState<TunedTensor, readonly TunedTensor[]>;

/** Where a run can go on as if it had never stopped. */
export interface Checkpoint {
  readonly runId: RunId;
  /** Those that are done. */
  readonly epochs: readonly EpochMetrics[];
  /** Of training so far. */
  readonly durationMs: number;
  /** The run's configuration says which. */
  readonly state: FitState | TuningState;
}
