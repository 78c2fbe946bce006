import type { HeadMethods } from '../../bridge/protocol.ts';
import type { GpuBackend } from '../../domain/backend.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';

/** Answered by the tuning worker, which lives for one training of the base's layers on a GPU. */
export interface TuningMethods {
  /** As the head worker's. Errors: backend-unavailable, also where the GPU is lost on the way. */
  trainHead: {
    params: { readonly run: TrainingRun; readonly backend: GpuBackend };
    result: HeadMethods['trainHead']['result'];
    progress: HeadMethods['trainHead']['progress'];
  };
  pauseTraining: HeadMethods['pauseTraining'];
}
