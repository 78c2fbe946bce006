import { findOffer } from '../catalogue/bases.ts';
import type { BaseMethods } from '../bridge/protocol.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { GraftError, toGraftError } from '../domain/errors.ts';
import { resolveUrl } from '../engine/fetchBase.ts';
import { openFiles, type NamedBlob } from '../engine/openFiles.ts';
import { putStoredBase } from '../storage/bases.ts';
import { deleteParts } from '../storage/downloads.ts';
import { acceptOffer } from './baseFromFiles.ts';
import { describeOn } from './describeBase.ts';
import { downloadFiles } from './downloadFiles.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type Download = BaseMethods['downloadBase'];

/** Sizes of the catalogue are true or computed from the weights alone. */
const MAX_SIZE_FACTOR = 2;

/** Fetches a base of the catalogue, checks it and only then stores it, so that a wrong one leaves nothing behind. */
export async function downloadBase(
  { database, loadBase, runner }: Services,
  { baseId }: Download['params'],
  { signal, report }: HandlerContext<Download['progress']>,
): Promise<Download['result']> {
  const offer = findOffer(baseId);
  if (offer === undefined) throw new GraftError('not-found', `No base ${baseId}`, { base: baseId });
  // The catalogue's size, because servers that compress state another one.
  const bytesTotal = offer.sizeBytes;
  const pace = new ProgressPace();
  try {
    const files = await downloadFiles(database, baseId, offer.addresses.map(resolveUrl), {
      signal,
      isHeadless: false,
      maxBytes: bytesTotal * MAX_SIZE_FACTOR,
      onBytes: (bytesDone) => {
        if (pace.mark(bytesDone))
          report({ bytesDone: Math.min(bytesDone, bytesTotal), bytesTotal });
      },
    });
    const opened = await openFiles(files);
    const base = await acceptOffer(offer, opened, sizeOf(files), describeOn(runner));
    await putStoredBase(database, { id: baseId, base, files, storedAt: Date.now() }, baseId);
    loadBase.forget(baseId);
    return { base };
  } catch (thrown) {
    if (!canGoOn(thrown)) await deleteParts(database, baseId);
    throw thrown;
  }
}

/** Whether what has come of a download is as good as before. */
export function canGoOn(thrown: unknown): boolean {
  return ['base-unreachable', 'cancelled', 'quota-exceeded'].includes(toGraftError(thrown).code);
}

export function sizeOf(files: readonly NamedBlob[]): number {
  return files.reduce((sum, { blob }) => sum + blob.size, 0);
}
