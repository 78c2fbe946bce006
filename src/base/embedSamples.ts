import type { HandlerContext } from '../bridge/serve.ts';
import type { BaseMethods, EmbedReport } from '../bridge/protocol.ts';
import type { ActivationSpace } from '../domain/activationKey.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import { encodeFloat16 } from '../domain/float16.ts';
import {
  missingActivations,
  putActivations,
  type ComputedActivation,
} from '../storage/activations.ts';
import { baseRunnable } from './baseRunnable.ts';
import { photoOutputs } from './photoOutputs.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type Embed = BaseMethods['embedSamples'];

/**
 * Computes the missing activations of stored photos. Decoding, the network and storing overlap;
 * what is stored when the call is cancelled stays stored.
 */
export async function embedSamples(
  services: Services,
  { baseId, cut, framing, backend: choice, imageHashes }: Embed['params'],
  { signal, report }: HandlerContext<Embed['progress']>,
): Promise<Embed['result']> {
  const startedAt = performance.now();
  const { database, ladder } = services;
  const loaded = await services.loadBase(baseId);
  const spec = preprocessingFor(loaded.base, framing);
  const space: ActivationSpace = {
    graphHash: loaded.base.graphHash,
    cut,
    preprocessing: spec,
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
  const name = { kind: 'base', baseId, cut } as const;
  const job = { loaded, choice, cut, runnable: baseRunnable(loaded, cut), name, spec };
  let storing = Promise.resolve();
  try {
    for await (const outputs of photoOutputs(services, job, missing, (hash) => hash, signal)) {
      const computed: ComputedActivation[] = [];
      for (const { item: imageHash, output } of outputs) {
        if (output.status === 'rejected') failed.push({ imageHash, problem: output.problem });
        else computed.push({ imageHash, values: encodeFloat16(output.value) });
      }
      // Stored while the next batch runs; waited for here, so that at most one is on its way.
      await storing;
      storing = putActivations(database, space, computed);
      storing.catch(() => undefined);
      done += outputs.length;
      await reportProgress();
    }
  } finally {
    await storing;
  }
  return {
    computed: total - failed.length,
    reused,
    failed,
    durationMs: performance.now() - startedAt,
    backend: await ladder.report(loaded, choice),
  };
}
