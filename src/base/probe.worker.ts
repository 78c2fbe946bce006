import { serve } from '../bridge/serve.ts';
import type { BackendCandidate } from '../domain/backend.ts';
import { findAdapter, startBackend } from '../engine/backends.ts';
import { measureSpeed } from '../engine/measureSpeed.ts';
import { passesSelfTest } from '../engine/selfTest.ts';
import { openDatabase } from '../storage/database.ts';
import { baseRunnable, selfTestSpec } from './baseRunnable.ts';
import { createBaseLoader } from './loadedBase.ts';
import type { ProbeMethods } from './probeProtocol.ts';

/** Tries a GPU backend with a TF.js of its own, so that the base worker goes on meanwhile. */
async function tryBackend({
  backend,
  baseId,
  reference,
}: ProbeMethods['tryBackend']['params']): Promise<BackendCandidate> {
  const found = await findAdapter(backend);
  const adapter = found?.name ?? null;
  if (found === null) {
    return { backend, adapter, outcome: { kind: 'skipped', reason: 'not-available' } };
  }
  if (found.isSoftware) {
    return { backend, adapter, outcome: { kind: 'skipped', reason: 'software-adapter' } };
  }
  await startBackend(backend);
  const database = await openDatabase();
  const loaded = await createBaseLoader(database)(baseId);
  const plan = await baseRunnable(loaded, loaded.base.defaultCut).createPlan();
  if (!(await passesSelfTest(plan, selfTestSpec(loaded.base), reference))) {
    return { backend, adapter, outcome: { kind: 'failed', reason: 'self-test' } };
  }
  const photosPerSecond = await measureSpeed(plan);
  return { backend, adapter, outcome: { kind: 'measured', photosPerSecond } };
}

serve<ProbeMethods>(self, { tryBackend });
