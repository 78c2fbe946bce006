import type { HandlerContext } from '../bridge/serve.ts';
import type { BaseMethods } from '../bridge/protocol.ts';
import { putStoredBase } from '../storage/bases.ts';
import { fetchBase } from '../engine/fetchBase.ts';
import { requireBase, verifyBase } from './loadedBase.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type Download = BaseMethods['downloadBase'];

/** Fetches a base, checks its hash and only then stores it, so that a wrong one leaves nothing behind. */
export async function downloadBase(
  { database }: Services,
  { baseId }: Download['params'],
  { signal, report }: HandlerContext<Download['progress']>,
): Promise<Download['result']> {
  const base = requireBase(baseId);
  // The catalogue's size, because servers that compress state another one.
  const bytesTotal = base.sizeBytes;
  const pace = new ProgressPace();
  const files = await fetchBase(base, {
    signal,
    onBytes: (bytesDone) => {
      if (pace.mark(bytesDone)) report({ bytesDone: Math.min(bytesDone, bytesTotal), bytesTotal });
    },
  });
  const { graphHash } = (await verifyBase(base, files)).base;
  await putStoredBase(database, { id: base.id, graphHash, ...files, storedAt: Date.now() });
  return { sizeBytes: base.sizeBytes };
}
