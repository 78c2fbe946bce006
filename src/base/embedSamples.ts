import type { HandlerContext } from '../bridge/serve.ts';
import type { BaseMethods, EmbedReport } from '../bridge/protocol.ts';
import type { ActivationSpace } from '../domain/activationKey.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import { encodeFloat16 } from '../domain/float16.ts';
import type { Sha256 } from '../domain/ids.ts';
import { missingActivations, putActivations } from '../storage/activations.ts';
import { baseRunnable } from './baseRunnable.ts';
import { photoBatches } from './photoBatches.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type Embed = BaseMethods['embedSamples'];

/**
 * Computes the missing activations of stored photos. Decoding, the network and storing overlap;
 * what is stored when the call is cancelled stays stored.
 */
export async function embedSamples(
  { database, loadBase, ladder, preparers }: Services,
  { baseId, cut, framing, backend: choice, imageHashes }: Embed['params'],
  { signal, report }: HandlerContext<Embed['progress']>,
): Promise<Embed['result']> {
  const startedAt = performance.now();
  const loaded = await loadBase(baseId);
  const preprocessing = preprocessingFor(loaded.base, framing);
  const runnable = baseRunnable(loaded, cut);
  const space: ActivationSpace = {
    graphHash: loaded.base.graphHash,
    cut,
    preprocessing,
    view: 'original',
  };
  const missing = await missingActivations(database, space, imageHashes);
  const total = missing.length;
  const reused = new Set(imageHashes).size - total;
  const failed: EmbedReport['failed'][number][] = [];
  const pace = new ProgressPace();
  let done = 0;

  const reportProgress = async () => {
    if (!pace.mark(done)) return;
    const { backend, adapter } = await ladder.report(loaded, choice);
    report({ done, total, reused, photosPerSecond: pace.perSecond, backend, adapter });
  };

  await reportProgress();
  let storing = Promise.resolve();
  const prepare = (hash: Sha256) => preparers.prepare(hash, preprocessing);
  for await (const { items, input, rejected } of photoBatches(missing, preprocessing, prepare)) {
    if (signal.aborted) await storing;
    throwIfCancelled(signal);
    for (const { item, rejection } of rejected) {
      failed.push({ imageHash: item, problem: rejection.problem });
    }
    if (items.length > 0) {
      const output = await ladder.run(loaded, choice, runnable, input, items.length);
      // Stored while the next batch runs; waited for here, so that at most one is on its way.
      await storing;
      storing = putActivations(database, space, splitRows(items, output));
      storing.catch(() => undefined);
    }
    done += items.length + rejected.length;
    await reportProgress();
  }
  await storing;
  return {
    computed: total - failed.length,
    reused,
    failed,
    durationMs: performance.now() - startedAt,
    backend: await ladder.report(loaded, choice),
  };
}

/** [imageHashes.length, size] as one float16 row per photo. */
function splitRows(imageHashes: readonly Sha256[], rows: Float32Array) {
  const size = rows.length / imageHashes.length;
  return imageHashes.map((imageHash, i) => ({
    imageHash,
    values: encodeFloat16(rows.subarray(i * size, (i + 1) * size)),
  }));
}
