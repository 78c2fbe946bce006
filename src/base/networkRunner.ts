import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../domain/backend.ts';
import { startBackend } from '../engine/backends.ts';
import type { Plan } from '../engine/plan.ts';

/** A network to run, with a key that stands for it among the cached plans. */
export interface RunnableNetwork {
  readonly key: string;
  /** On the backend that is active then. */
  readonly createPlan: () => Promise<Plan>;
}

interface CachedPlan {
  readonly backend: BackendName;
  readonly plan: Plan;
  readonly bytes: number;
}

/** Enough for a base with a few cuts and heads in use side by side. */
const MAX_KEPT_PLANS = 5;
/** A large network gives way before another is made, so that only one is in memory. */
const MAX_KEPT_BYTES = 128 * 2 ** 20;

/**
 * Runs networks one after the other: TF.js has one active backend per worker, which must not change
 * under a run. Whoever runs many batches asks for each anew, so that a single frame waits for one
 * batch and not for all of them.
 */
export class NetworkRunner {
  #last: Promise<unknown> = Promise.resolve();
  /** Of the last two batches; settled, well or not. */
  #answers: readonly [Promise<unknown>, Promise<unknown>] = [this.#last, this.#last];
  readonly #plans = new Map<string, CachedPlan>();

  /** Calls `use` with the plan on `backend`, when all that was asked for before is done. Errors: backend-unavailable. */
  withPlan<T>(
    runnable: RunnableNetwork,
    backend: BackendName,
    use: (plan: Plan) => Promise<T>,
  ): Promise<T> {
    return this.onBackend(backend, async () => use(await this.#plan(runnable, backend)));
  }

  /** Calls `use` with that backend active, when all that was asked for before is done. Errors: backend-unavailable. */
  onBackend<T>(backend: BackendName, use: () => Promise<T>): Promise<T> {
    return this.#enqueue(async () => {
      await startBackend(backend);
      return use();
    });
  }

  /**
   * Runs a batch, [numPhotos, inputSize] to [numPhotos, outputSize]. The next run begins before this one's
   * answer is back, so that a GPU never waits for the processor. Errors: backend-unavailable.
   */
  async run(
    runnable: RunnableNetwork,
    backend: BackendName,
    batch: Float32Array,
    numPhotos: number,
  ): Promise<Float32Array> {
    const begun = await this.withPlan(runnable, backend, async (plan) => {
      const [older, newer] = this.#answers;
      // With two on their way there is always one to compute, and a frame waits for no more.
      await older;
      const answer = plan.run(batch, numPhotos);
      this.#answers = [newer, answer.catch(() => undefined)];
      // Within an object a promise is handed on without being waited for.
      return { answer };
    });
    return begun.answer;
  }

  /** Frees the plans on a backend that is not used any more. */
  leave(backend: BackendName): Promise<void> {
    return this.#enqueue(() => {
      for (const [key, entry] of this.#plans) {
        if (entry.backend === backend) this.#drop(key);
      }
      return Promise.resolve();
    });
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #plan({ key, createPlan }: RunnableNetwork, backend: BackendName): Promise<Plan> {
    const fullKey = `${backend} ${key}`;
    const cached = this.#plans.get(fullKey) ?? (await this.#create(createPlan, backend));
    // Set again so that the plan used longest ago comes first.
    this.#plans.delete(fullKey);
    this.#plans.set(fullKey, cached);
    return cached.plan;
  }

  async #create(createPlan: () => Promise<Plan>, backend: BackendName): Promise<CachedPlan> {
    for (const key of this.#plans.keys()) {
      const bytes = [...this.#plans.values()].reduce((sum, each) => sum + each.bytes, 0);
      if (this.#plans.size > MAX_KEPT_PLANS || bytes > MAX_KEPT_BYTES) this.#drop(key);
    }
    const before = tf.memory().numBytes;
    const plan = await createPlan();
    return { backend, plan, bytes: tf.memory().numBytes - before };
  }

  #drop(key: string): void {
    try {
      this.#plans.get(key)?.plan.dispose();
    } catch {
      // A lost device has freed its memory already.
    }
    this.#plans.delete(key);
  }
}
