import type { BackendName } from '../domain/backend.ts';
import type { HeadId } from '../domain/ids.ts';
import type { EpochMetrics, ExactChoice, RunEvaluations } from '../domain/trainingRun.ts';

export interface TrainedHead {
  readonly status: 'completed';
  readonly headId: HeadId;
  readonly epochs: readonly EpochMetrics[];
  readonly isStoppedEarly: boolean;
  /** Absent for solvers that choose nothing. */
  readonly chosen?: ExactChoice;
  readonly durationMs: number;
  readonly backend: BackendName;
  readonly evaluations: RunEvaluations;
}

/** Ended by `pauseTraining`; the run goes on when it is trained again. */
export interface PausedTraining {
  readonly status: 'paused';
  readonly epochs: readonly EpochMetrics[];
}
