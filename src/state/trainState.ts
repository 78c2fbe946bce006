import type { CountProgress, EmbedProgress } from '../bridge/protocol.ts';
import type { HeldOutOutcomes } from '../domain/head.ts';
import type { HeadId, RunId } from '../domain/ids.ts';
import type { EpochMetrics, TrainingRun } from '../domain/trainingRun.ts';
import type { Failure } from './failure.ts';

export type TrainingStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'preparing' }
  | {
      readonly status: 'computing';
      readonly progress: EmbedProgress;
      readonly secondsLeft: number | null;
    }
  | {
      readonly status: 'fitting';
      readonly runId: RunId;
      /** Fits of the search for settings; `null` before, after and without one. */
      readonly search: CountProgress | null;
      readonly epochs: readonly EpochMetrics[];
      /** `null` where only the fit itself can tell when it is done. */
      readonly totalEpochs: number | null;
    }
  | { readonly status: 'failed'; readonly failure: Failure };

export interface TrainSlice {
  readonly training: TrainingStatus;
  /** Photos whose activations the last training computed and reused; `null` before the first. */
  readonly lastEmbedding: { readonly computed: number; readonly reused: number } | null;
  /** Runs of the open project, newest first. */
  readonly runs: readonly TrainingRun[];
  /** Run that Train, Evaluate, Predict and Export show; the newest completed one unless chosen. */
  readonly selectedRunId: RunId | null;
  readonly selectRun: (id: RunId) => void;
  readonly startTraining: () => Promise<void>;
  /** By gradient descent from where the shown run has come to; see `domain/runOrigin`. */
  readonly trainMore: () => Promise<void>;
  /** At the next epoch. Where it goes on so is kept. */
  readonly pauseTraining: () => Promise<void>;
  /** Lets a paused or killed run go on as if it had never stopped. */
  readonly goOn: (id: RunId) => Promise<void>;
  /** Gives a paused run up. */
  readonly discardRun: (id: RunId) => Promise<void>;
  /** Computing: keeps what is stored. Fitting: keeps the head of the epochs done. */
  readonly cancelTraining: () => void;
  readonly loadOutcomes: (headId: HeadId) => Promise<HeldOutOutcomes>;
}
