import { serve, type ServerEndpoint } from '../../../src/bridge/serve.ts';
import type { ContenderMethods } from './contenderProtocol.ts';
import { prepareContender, type RunBatch } from './contenders.ts';

let run: RunBatch | null = null;
let photoSize = 0;

/** Values from -1 to 1 that are the same in every worker. */
function madeUpBatch(numPhotos: number): Float32Array {
  return Float32Array.from(
    { length: numPhotos * photoSize },
    (_, i) => ((i * 7919) % 2003) / 1001.5 - 1,
  );
}

serve<ContenderMethods>(globalThis as unknown as ServerEndpoint, {
  load: async (name) => {
    const start = await prepareContender(name);
    photoSize = name.subject.inputSide ** 2 * 3;
    const photo = madeUpBatch(1);
    const startedAt = performance.now();
    run = await start();
    const answer = await run(photo, 1);
    return { firstResultMs: performance.now() - startedAt, answer };
  },
  measure: async ({ batchSize, durationMs }) => {
    if (run === null) throw new Error('Nothing has been loaded');
    const batch = madeUpBatch(batchSize);
    const startedAt = performance.now();
    let numPhotos = 0;
    let elapsedMs = 0;
    while (elapsedMs < durationMs) {
      await run(batch, batchSize);
      numPhotos += batchSize;
      elapsedMs = performance.now() - startedAt;
    }
    return (numPhotos * 1000) / elapsedMs;
  },
  spin: ({ durationMs }) => {
    const values = new Float64Array(1024);
    const startedAt = performance.now();
    let numLoops = 0;
    let elapsedMs = 0;
    while (elapsedMs < durationMs) {
      for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * 0.999 + i;
      numLoops++;
      if (numLoops % 1000 === 0) elapsedMs = performance.now() - startedAt;
    }
    return Promise.resolve((numLoops * 1000) / elapsedMs);
  },
});
