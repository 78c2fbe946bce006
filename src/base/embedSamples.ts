import type { HandlerContext } from '../bridge/serve.ts';
import type { BaseMethods } from '../bridge/protocol.ts';
import type { ActivationSpace } from '../domain/activationKey.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import { encodeFloat16 } from '../domain/float16.ts';
import type { Sha256 } from '../domain/ids.ts';
import type { PhotoProblem } from '../domain/photoProblem.ts';
import { putActivations } from '../storage/activations.ts';
import type { Database } from '../storage/database.ts';
import { baseRunnable } from './baseRunnable.ts';
import { missingViews, type MissingView } from './missingViews.ts';
import { photoOutputs, type ItemOutput } from './photoOutputs.ts';
import { ProgressPace } from './progressPace.ts';
import { randomBase } from './randomBase.ts';
import type { Services } from './services.ts';

type Embed = BaseMethods['embedSamples'];

/**
 * Computes the missing activations of stored photos. Decoding, the network and storing overlap;
 * what is stored when the call is cancelled stays stored.
 */
export async function embedSamples(
  services: Services,
  params: Embed['params'],
  { signal, report }: HandlerContext<Embed['progress']>,
): Promise<Embed['result']> {
  const startedAt = performance.now();
  const { database, ladder } = services;
  const { baseId, cut, framing, backend: choice, imageHashes, views, isRandom = false } = params;
  const loaded = await services.loadBase(baseId);
  const used = isRandom ? await randomBase(loaded) : loaded;
  const spec = params.preprocessing ?? preprocessingFor(loaded.base, framing);
  const space: ActivationSpace = {
    graphHash: used.base.graphHash,
    cut,
    preprocessing: spec,
    view: 'original',
  };
  const { missing, numWanted } = await missingViews(database, space, imageHashes, views);
  const total = missing.length;
  const reused = numWanted - total;
  const failed = new Map<Sha256, PhotoProblem>();
  const pace = new ProgressPace();
  let done = 0;
  let computed = 0;

  const reportProgress = async () => {
    if (!pace.mark(done)) return;
    const { backend, adapter } = await ladder.report(loaded, choice);
    report({ done, total, reused, photosPerSecond: pace.perSecond, backend, adapter });
  };

  await reportProgress();
  const name = { kind: 'base', baseId, cut, isRandom } as const;
  // The backend is that of the base itself: only its own weights have a self-test.
  const job = { loaded, choice, cut, runnable: baseRunnable(used, cut), name, spec };
  let storing = Promise.resolve();
  try {
    const sourceOf = ({ source }: MissingView) => source;
    for await (const outputs of photoOutputs(services, job, missing, sourceOf, signal)) {
      for (const { item, output } of outputs) {
        if (output.status === 'rejected') failed.set(item.imageHash, output.problem);
        else computed++;
      }
      // Stored while the next batch runs; waited for here, so that at most one is on its way.
      await storing;
      storing = store(database, outputs);
      storing.catch(() => undefined);
      done += outputs.length;
      await reportProgress();
    }
  } finally {
    await storing;
  }
  return {
    computed,
    reused,
    failed: [...failed].map(([imageHash, problem]) => ({ imageHash, problem })),
    durationMs: performance.now() - startedAt,
    backend: await ladder.report(loaded, choice),
  };
}

/** Each space in one transaction: all of it or nothing. */
async function store(
  database: Database,
  outputs: readonly ItemOutput<MissingView>[],
): Promise<void> {
  const spaces = new Set(outputs.map(({ item }) => item.space));
  for (const space of spaces) {
    const ofSpace = outputs.filter(({ item }) => item.space === space);
    const computed = ofSpace.flatMap(({ item: { imageHash }, output }) =>
      output.status === 'rejected' ? [] : [{ imageHash, values: encodeFloat16(output.value) }],
    );
    await putActivations(database, space, computed);
  }
}
