import { createClient, type CallOptions, type Client } from '../bridge/client.ts';
import { GraftError, toGraftError } from '../domain/errors.ts';
import type { BaseId } from '../domain/ids.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Rejection } from '../engine/decode.ts';
import type { PhotoMethods, PhotoOutput, PhotoTask, PreparedPhoto } from './photoProtocol.ts';
import type { PhotoSource } from './photoSources.ts';

interface PhotoWorker {
  readonly call: Client<PhotoMethods>;
  readonly end: () => void;
  numInFlight: number;
}

export type StartPhotoWorker = () => Omit<PhotoWorker, 'numInFlight'>;

/** With none in between that went well, so many lost workers are not the fault of a photo. */
const MAX_LOSSES_IN_A_ROW = 20;

/** What is said of a photo that ended every worker that took it. */
const FATAL: Rejection = { status: 'rejected', problem: 'damaged', detail: null };

/**
 * Workers that read, decode and preprocess photos, and run small networks on them, beside the base
 * worker. They are started when there is something to do. When one is lost, its photos are done again
 * in another, in smaller groups, so that a photo that ends a worker is found and the others are not lost.
 */
export class PhotoPool {
  readonly size: number;
  readonly #start: StartPhotoWorker;
  readonly #workers: PhotoWorker[] = [];
  #numLosses = 0;

  constructor(size: number, start: StartPhotoWorker = startPhotoWorker) {
    this.size = size;
    this.#start = start;
  }

  /** Views of one photo. Never rejects for its sake. Errors: worker-crashed. */
  async prepare(
    sources: readonly PhotoSource[],
    spec: PreprocessingSpec,
  ): Promise<readonly PreparedPhoto[]> {
    const attempt = () => this.#call(this.size, 'prepareViews', { sources, spec });
    return attempt().catch((thrown: unknown) => {
      this.#noteLoss(thrown);
      return attempt().catch((again: unknown) => {
        this.#noteLoss(again);
        return sources.map(() => FATAL);
      });
    });
  }

  /**
   * Prepares photos and runs a network on them in one of the first `numNetworks` workers; in the order
   * of `sources`. Errors: those of `PhotoMethods.runPhotos`, worker-crashed.
   */
  async run(
    task: PhotoTask,
    sources: readonly PhotoSource[],
    numNetworks: number,
    signal: AbortSignal,
  ): Promise<readonly PhotoOutput[]> {
    try {
      return await this.#call(numNetworks, 'runPhotos', { ...task, sources }, { signal });
    } catch (thrown) {
      this.#noteLoss(thrown);
    }
    if (sources.length <= 1) return sources.map(() => FATAL);
    const half = Math.ceil(sources.length / 2);
    const first = await this.run(task, sources.slice(0, half), numNetworks, signal);
    const second = await this.run(task, sources.slice(half), numNetworks, signal);
    return [...first, ...second];
  }

  /** Tells the workers that what is stored for a base has changed. */
  forgetBase(baseId: BaseId): void {
    // A worker that is lost has nothing to forget.
    for (const { call } of this.#workers) call('forgetBase', { baseId }).catch(() => undefined);
  }

  async #call<K extends keyof PhotoMethods>(
    numWorkers: number,
    method: K,
    params: PhotoMethods[K]['params'],
    options: CallOptions<PhotoMethods[K]['progress']> = {},
  ): Promise<PhotoMethods[K]['result']> {
    const worker = this.#leastBusy(numWorkers);
    worker.numInFlight++;
    try {
      const result = await worker.call(method, params, options);
      this.#numLosses = 0;
      return result;
    } catch (thrown) {
      if (isLoss(thrown)) this.#discard(worker);
      throw thrown;
    } finally {
      worker.numInFlight--;
    }
  }

  /** Of the first `numWorkers`; one is started where all those are busy. */
  #leastBusy(numWorkers: number): PhotoWorker {
    const [first, ...others] = this.#workers.slice(0, numWorkers);
    const least = others.reduce(
      (best, worker) => (best && best.numInFlight <= worker.numInFlight ? best : worker),
      first,
    );
    const isFull = this.#workers.length >= numWorkers;
    if (least !== undefined && (isFull || least.numInFlight === 0)) return least;
    const started = { ...this.#start(), numInFlight: 0 };
    this.#workers.push(started);
    return started;
  }

  #discard(worker: PhotoWorker): void {
    const index = this.#workers.indexOf(worker);
    if (index >= 0) this.#workers.splice(index, 1);
    worker.end();
  }

  /** Throws what is no loss of a worker, and losses that go on and on. */
  #noteLoss(thrown: unknown): void {
    if (isLoss(thrown)) this.#numLosses++;
    if (!isLoss(thrown) || this.#numLosses > MAX_LOSSES_IN_A_ROW) throw toGraftError(thrown);
  }
}

function isLoss(thrown: unknown): boolean {
  return thrown instanceof GraftError && thrown.code === 'worker-crashed';
}

function startPhotoWorker(): ReturnType<StartPhotoWorker> {
  const worker = new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module' });
  return { call: createClient<PhotoMethods>(worker), end: () => worker.terminate() };
}
