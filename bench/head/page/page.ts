import { createClient, type Client } from '../../../src/bridge/client.ts';
import { MOBILENET_V2_SMALL } from '../../base/subjects.ts';
import { BenchApp } from '../../base/page/benchApp.ts';
import type { Contestant, Draw, FitterBackend, FitterMethods, FitTrace } from './fitterProtocol.ts';

const fitters = new Map<FitterBackend, Client<FitterMethods>>();

/** What the bench calls in the page. */
export const HEAD_BENCH = {
  /** Computes the activations of photos, given by class, and hands them to a worker for each backend. */
  prepare: async (photos: readonly (readonly string[])[]): Promise<void> => {
    const app = await BenchApp.start(MOBILENET_V2_SMALL);
    const hashes = await app.storePhotos(photos.flat());
    await app.embed(hashes);
    const activations = await app.activations(hashes);
    const classIndices = Int32Array.from(
      photos.flatMap((addresses, classIndex) => addresses.map(() => classIndex)),
    );
    const rows = { activations, classIndices, numClasses: photos.length };
    for (const backend of ['wasm', 'cpu'] as const) {
      const worker = new Worker(new URL('./fitter.worker.ts', import.meta.url), { type: 'module' });
      const call = createClient<FitterMethods>(worker);
      await call('start', { backend, rows });
      fitters.set(backend, call);
    }
  },
  fit: async (backend: FitterBackend, contestant: Contestant, draw: Draw): Promise<FitTrace> => {
    const call = fitters.get(backend);
    if (call === undefined) throw new Error('There is nothing prepared');
    return call('fit', { contestant, draw });
  },
};

declare global {
  var headBench: typeof HEAD_BENCH;
}

globalThis.headBench = HEAD_BENCH;
