import { createClient } from '../../bridge/client.ts';
import type { HeadMethods } from '../../bridge/protocol.ts';
import type { HandlerContext } from '../../bridge/serve.ts';
import { onDeath } from '../../bridge/workerClient.ts';
import type { GpuBackend } from '../../domain/backend.ts';
import { toGraftError, type GraftErrorCode } from '../../domain/errors.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import type { TuningMethods } from './tuningProtocol.ts';

type TrainMethod = HeadMethods['trainHead'];

/** What may be the GPU's own fault. */
const DEVICE_FAILURES: readonly GraftErrorCode[] = [
  'backend-unavailable',
  'worker-crashed',
  'loss-not-finite',
  'internal',
];

interface GpuTraining {
  readonly run: TrainingRun;
  readonly backend: GpuBackend;
  readonly isPausing: () => boolean;
}

/**
 * Trains in a worker of its own, which is ended afterwards: TF.js has one active backend per worker, and
 * other calls run beside a training. `null` where the GPU failed; the run can go on at its checkpoint.
 * Errors: those of `trainHead` that no GPU is the cause of.
 */
export async function trainOnGpu(
  { run, backend, isPausing }: GpuTraining,
  { signal, report }: HandlerContext<TrainMethod['progress']>,
): Promise<TrainMethod['result'] | null> {
  const worker = new Worker(new URL('./tuning.worker.ts', import.meta.url), { type: 'module' });
  const call = createClient<TuningMethods>(worker);
  onDeath(worker, () => worker.dispatchEvent(new Event('error')));
  const onProgress = (progress: TrainMethod['progress']) => {
    report(progress);
    if (isPausing()) void call('pauseTraining', { runId: run.id });
  };
  try {
    return await call('trainHead', { run, backend }, { signal, onProgress });
  } catch (thrown) {
    if (DEVICE_FAILURES.includes(toGraftError(thrown).code)) return null;
    throw thrown;
  } finally {
    worker.terminate();
  }
}
