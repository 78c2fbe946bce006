import { findOffer } from '../catalogue/bases.ts';
import type { BaseMethods } from '../bridge/protocol.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import type { BaseModel, BaseOffer } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import { resolveUrl } from '../engine/fetchBase.ts';
import { openFiles, type NamedBlob } from '../engine/openFiles.ts';
import { putStoredBase } from '../storage/bases.ts';
import { deleteParts } from '../storage/downloads.ts';
import { acceptOffer } from './baseFromFiles.ts';
import { downloadFiles } from './downloadFiles.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type Download = BaseMethods['downloadBase'];

/** Sizes of the catalogue are true or computed from the weights alone. */
const MAX_SIZE_FACTOR = 2;

/** Fetches a base of the catalogue, checks it and only then stores it, so that a wrong one leaves nothing behind. */
export async function downloadBase(
  { database, loadBase }: Services,
  { baseId }: Download['params'],
  { signal, report }: HandlerContext<Download['progress']>,
): Promise<Download['result']> {
  const offer = findOffer(baseId);
  if (offer === undefined) throw new GraftError('not-found', `No base ${baseId}`, { base: baseId });
  // The catalogue's size, because servers that compress state another one.
  const bytesTotal = offer.sizeBytes;
  const pace = new ProgressPace();
  const files = await downloadFiles(database, baseId, offer.addresses.map(resolveUrl), {
    signal,
    maxBytes: offer.sizeBytes * MAX_SIZE_FACTOR,
    onBytes: (bytesDone) => {
      if (pace.mark(bytesDone)) report({ bytesDone: Math.min(bytesDone, bytesTotal), bytesTotal });
    },
  });
  const base = await checkDownload(offer, files).catch(async (thrown: unknown) => {
    await deleteParts(database, baseId);
    throw thrown;
  });
  await putStoredBase(database, { id: baseId, base, files, storedAt: Date.now() }, baseId);
  loadBase.forget(baseId);
  return { base };
}

async function checkDownload(offer: BaseOffer, files: readonly NamedBlob[]): Promise<BaseModel> {
  const sizeBytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
  return acceptOffer(offer, await openFiles(files), sizeBytes);
}
