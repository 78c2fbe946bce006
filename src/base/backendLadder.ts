import {
  GPU_BACKENDS,
  isGpu,
  type BackendCandidate,
  type BackendChoice,
  type BackendName,
  type BackendReport,
} from '../domain/backend.ts';
import { GraftError } from '../domain/errors.ts';
import { findAdapter } from '../engine/backends.ts';
import { measureSpeed } from '../engine/measureSpeed.ts';
import { passesSelfTest, selfTestInput } from '../engine/selfTest.ts';
import { getBackendReport, putBackendReport } from '../storage/backendReports.ts';
import type { Database } from '../storage/database.ts';
import { baseRunnable, selfTestSpec } from './baseRunnable.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import type { NetworkRunner, RunnableNetwork } from './networkRunner.ts';
import { probeBackend } from './probeBackend.ts';
import { fetchReference } from './referenceActivation.ts';

/** What is known about one base under one choice; `report` changes when another backend takes over. */
interface Standing {
  report: BackendReport;
  /** Resolves when no candidate is being tried any more. */
  tried: Promise<void>;
}

/**
 * Decides which backend runs a base. With `auto`, WASM answers at once; GPUs are tried beside it and
 * take over only when measured faster. Any other choice is used as it is once it passes the self-test.
 * A GPU that fails later is left for WASM.
 */
export class BackendLadder {
  readonly #database: Database;
  readonly #runner: NetworkRunner;
  readonly #standings = new Map<string, Promise<Standing>>();

  constructor(database: Database, runner: NetworkRunner) {
    this.#database = database;
    this.#runner = runner;
  }

  /** What runs this base now. Errors: backend-unavailable, self-test-failed. */
  async report(loaded: LoadedBase, choice: BackendChoice): Promise<BackendReport> {
    return (await this.#standing(loaded, choice)).report;
  }

  /** The same, once every candidate has been tried. */
  async settledReport(loaded: LoadedBase, choice: BackendChoice): Promise<BackendReport> {
    const standing = await this.#standing(loaded, choice);
    await standing.tried;
    return standing.report;
  }

  /** Runs a batch, [numPhotos, inputSize] to [numPhotos, outputSize], on the backend that is due. */
  async run(
    loaded: LoadedBase,
    choice: BackendChoice,
    runnable: RunnableNetwork,
    batch: Float32Array,
    numPhotos: number,
  ): Promise<Float32Array> {
    const standing = await this.#standing(loaded, choice);
    const { backend } = standing.report;
    try {
      return await this.#runner.run(runnable, backend, batch, numPhotos);
    } catch (thrown) {
      if (!isGpu(backend)) throw thrown;
      // The device was lost, or ran out of memory: the batch is done again on WASM.
      if (standing.report.backend === backend) {
        const outcome = { kind: 'failed', reason: 'error' } as const;
        const lost = { backend, adapter: standing.report.adapter, outcome };
        standing.report = onWasm([...standing.report.candidates, lost]);
        await this.#runner.leave(backend);
      }
      return this.#runner.run(runnable, 'wasm', batch, numPhotos);
    }
  }

  #standing(loaded: LoadedBase, choice: BackendChoice): Promise<Standing> {
    const key = `${loaded.base.graphHash} ${choice}`;
    const known = this.#standings.get(key);
    if (known !== undefined) return known;
    const settled = choice === 'auto' ? this.#settleAuto(loaded) : this.#settleOn(loaded, choice);
    this.#standings.set(key, settled);
    // Not kept: a device may be back later.
    settled.catch(() => this.#standings.delete(key));
    return settled;
  }

  async #settleOn(loaded: LoadedBase, backend: BackendName): Promise<Standing> {
    const adapter = isGpu(backend) ? ((await findAdapter(backend))?.name ?? null) : null;
    const reference = await this.#reference(loaded, backend);
    const photosPerSecond = await this.#checkAndMeasure(loaded, backend, reference);
    const report = { backend, adapter, photosPerSecond, candidates: [] };
    return { report, tried: Promise.resolve() };
  }

  async #settleAuto(loaded: LoadedBase): Promise<Standing> {
    const remembered = await getBackendReport(this.#database, loaded.base.graphHash);
    const standing = await this.#settleOn(loaded, 'wasm').catch(() =>
      this.#settleOn(loaded, 'cpu'),
    );
    // A GPU is an extra: whatever goes wrong while it is tried, WASM goes on.
    if (remembered === undefined) {
      standing.tried = this.#tryGpus(loaded, standing).catch(() => undefined);
    } else if (isGpu(remembered.backend)) {
      standing.tried = this.#takeOver(loaded, standing, remembered).then(() => undefined);
    } else standing.report = { ...standing.report, candidates: remembered.candidates };
    return standing;
  }

  /** Tries one GPU after the other until one is faster, and remembers what was found. */
  async #tryGpus(loaded: LoadedBase, standing: Standing): Promise<void> {
    const reference = await this.#reference(loaded, standing.report.backend);
    const candidates: BackendCandidate[] = [];
    for (const backend of GPU_BACKENDS) {
      const candidate = await probeBackend(backend, loaded.base.id, reference);
      candidates.push(candidate);
      standing.report = { ...standing.report, candidates: [...candidates] };
      const { adapter, outcome } = candidate;
      const baseline = standing.report.photosPerSecond ?? 0;
      if (outcome.kind !== 'measured' || outcome.photosPerSecond <= baseline) continue;
      const { photosPerSecond } = outcome;
      const faster = { backend, adapter, photosPerSecond, candidates: [...candidates] };
      if (await this.#takeOver(loaded, standing, faster)) break;
    }
    // Only a memory: where it cannot be kept, the next start measures again.
    await putBackendReport(this.#database, loaded.base.graphHash, standing.report).catch(
      () => null,
    );
  }

  /** Moves to a GPU between two batches, if it passes the self-test in this worker too. */
  async #takeOver(loaded: LoadedBase, standing: Standing, report: BackendReport): Promise<boolean> {
    try {
      const reference = await this.#reference(loaded, standing.report.backend);
      await this.#check(loaded, report.backend, reference);
      standing.report = report;
      return true;
    } catch {
      await this.#runner.leave(report.backend);
      standing.report = { ...standing.report, candidates: report.candidates };
      return false;
    }
  }

  /** The stored activation of the self-test, or the answer of WASM (without it, of `fallback`). */
  async #reference(loaded: LoadedBase, fallback: BackendName): Promise<Float32Array> {
    const stored = await fetchReference(loaded.base);
    if (stored !== null) return stored;
    const { base } = loaded;
    const answerOf = (backend: BackendName) =>
      this.#runner.withPlan(baseRunnable(loaded, base.defaultCut), backend, (plan) =>
        plan.run(selfTestInput(selfTestSpec(base)), 1),
      );
    return answerOf('wasm').catch(() => answerOf(fallback));
  }

  async #check(loaded: LoadedBase, backend: BackendName, reference: Float32Array): Promise<void> {
    const { base } = loaded;
    const runnable = baseRunnable(loaded, base.defaultCut);
    const isRight = await this.#runner.withPlan(runnable, backend, (plan) =>
      passesSelfTest(plan, selfTestSpec(base), reference),
    );
    if (isRight) return;
    const message = `The backend ${backend} computes wrong numbers on this device`;
    throw new GraftError('self-test-failed', message, { backend });
  }

  async #checkAndMeasure(
    loaded: LoadedBase,
    backend: BackendName,
    reference: Float32Array,
  ): Promise<number> {
    await this.#check(loaded, backend, reference);
    const runnable = baseRunnable(loaded, loaded.base.defaultCut);
    return this.#runner.withPlan(runnable, backend, measureSpeed);
  }
}

function onWasm(candidates: readonly BackendCandidate[]): BackendReport {
  return { backend: 'wasm', adapter: null, photosPerSecond: null, candidates };
}
