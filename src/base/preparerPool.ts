import { createClient, type Client } from '../bridge/client.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { PhotoSource, PrepareMethods } from './prepareProtocol.ts';

/** Photos from a phone take ten times as long to decode and resample as the network takes. */
const MAX_WORKERS = 3;

type Prepared = Promise<PrepareMethods['preparePhoto']['result']>;

/** Reads, decodes and preprocesses photos in workers of its own, so that the network runs meanwhile. */
export class PreparerPool {
  readonly #size: number;
  readonly #clients: Client<PrepareMethods>[] = [];
  #next = 0;

  /** `numCores` of the device; one is left to the network. */
  constructor(numCores: number) {
    this.#size = Math.min(Math.max(numCores - 1, 1), MAX_WORKERS);
  }

  prepare(source: PhotoSource, spec: PreprocessingSpec): Prepared {
    const index = this.#next++ % this.#size;
    const client = (this.#clients[index] ??= startPreparer());
    return client('preparePhoto', { source, spec });
  }
}

function startPreparer(): Client<PrepareMethods> {
  const worker = new Worker(new URL('./prepare.worker.ts', import.meta.url), { type: 'module' });
  return createClient<PrepareMethods>(worker);
}
