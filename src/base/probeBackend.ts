import { createClient } from '../bridge/client.ts';
import type { BackendCandidate, GpuBackend } from '../domain/backend.ts';
import type { BaseId } from '../domain/ids.ts';
import type { ProbeMethods } from './probeProtocol.ts';

/** A GPU that takes longer to start than this would not pay back on the first set of photos. */
const BUDGET_MS = 3000;

/** Tries the backend in a worker of its own, which is ended afterwards or when the time is up. */
export async function probeBackend(
  backend: GpuBackend,
  baseId: BaseId,
  reference: Float32Array,
): Promise<BackendCandidate> {
  const worker = new Worker(new URL('./probe.worker.ts', import.meta.url), { type: 'module' });
  const failed = (reason: 'too-slow' | 'error'): BackendCandidate => ({
    backend,
    adapter: null,
    outcome: { kind: 'failed', reason },
  });
  const timeUp = new Promise<BackendCandidate>((resolve) => {
    setTimeout(resolve, BUDGET_MS, failed('too-slow'));
  });
  try {
    const call = createClient<ProbeMethods>(worker);
    return await Promise.race([call('tryBackend', { backend, baseId, reference }), timeUp]);
  } catch {
    return failed('error');
  } finally {
    worker.terminate();
  }
}
