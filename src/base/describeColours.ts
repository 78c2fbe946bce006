import type { BaseMethods } from '../bridge/protocol.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { COLOUR_SPACE, colourHistogram } from '../domain/colourHistogram.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import { encodeFloat16 } from '../domain/float16.ts';
import type { Sha256 } from '../domain/ids.ts';
import { decodePhoto } from '../engine/decode.ts';
import { readPixels } from '../engine/readPixels.ts';
import {
  missingActivations,
  putActivations,
  type ComputedActivation,
} from '../storage/activations.ts';
import type { Database } from '../storage/database.ts';
import { getImage } from '../storage/images.ts';
import { getThumbnail } from '../storage/thumbnails.ts';
import type { Services } from './services.ts';

type Describe = BaseMethods['describeColours'];

const BATCH_SIZE = 32;

/** Stores the colour histograms that are missing; photos that cannot be decoded get none. */
export async function describeColours(
  { database }: Services,
  { imageHashes }: Describe['params'],
  { signal, report }: HandlerContext<Describe['progress']>,
): Promise<null> {
  const missing = await missingActivations(database, COLOUR_SPACE, imageHashes);
  for (let done = 0; done < missing.length; done += BATCH_SIZE) {
    throwIfCancelled(signal);
    report({ done, total: missing.length });
    const batch = missing.slice(done, done + BATCH_SIZE);
    const described = await Promise.all(batch.map((hash) => describePhoto(database, hash)));
    const found = described.filter((each) => each !== null);
    await putActivations(database, COLOUR_SPACE, found);
  }
  return null;
}

async function describePhoto(
  database: Database,
  imageHash: Sha256,
): Promise<ComputedActivation | null> {
  const thumbnail = await getThumbnail(database, imageHash);
  const file =
    thumbnail === undefined ? await getImage(database, imageHash) : new Blob([thumbnail.bytes]);
  if (file === undefined) return null;
  const decoded = await decodePhoto(file, new Uint8Array(await file.arrayBuffer()), (bitmap) =>
    colourHistogram(readPixels(bitmap, COLOUR_SPACE.preprocessing).rgba),
  );
  if (decoded.status === 'rejected') return null;
  return { imageHash, values: encodeFloat16(decoded.value) };
}
