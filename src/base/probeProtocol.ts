import type { BackendCandidate, GpuBackend } from '../domain/backend.ts';
import type { BaseId } from '../domain/ids.ts';

/** Answered by the probe worker, which lives for one call. */
export interface ProbeMethods {
  /** Starts the backend, checks it against the reference activation, and measures it. */
  tryBackend: {
    params: {
      readonly backend: GpuBackend;
      readonly baseId: BaseId;
      readonly reference: Float32Array;
    };
    result: BackendCandidate;
    progress: never;
  };
}
