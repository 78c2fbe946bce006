import type { BackendName } from '../domain/backend.ts';
import { startBackend } from '../engine/backends.ts';
import type { Plan } from '../engine/plan.ts';

/** A network to run, with a key that stands for it among the cached plans. */
export interface RunnableNetwork {
  readonly key: string;
  /** On the backend that is active then. */
  readonly createPlan: () => Promise<Plan>;
}

/** Enough for a base with a few cuts and heads in use side by side. */
const MAX_PLANS = 6;

/**
 * Runs networks one after the other: TF.js has one active backend per worker, which must not change
 * under a run. Whoever runs many batches asks for each anew, so that a single frame waits for one
 * batch and not for all of them.
 */
export class NetworkRunner {
  #last: Promise<unknown> = Promise.resolve();
  readonly #plans = new Map<string, { readonly backend: BackendName; readonly plan: Plan }>();

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
    const plan = this.#plans.get(fullKey)?.plan ?? (await createPlan());
    // Set again so that the plan used longest ago comes first.
    this.#plans.delete(fullKey);
    this.#plans.set(fullKey, { backend, plan });
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > MAX_PLANS && oldest !== undefined) this.#drop(oldest);
    return plan;
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
