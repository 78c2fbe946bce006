import type { HandlerContext } from '../bridge/serve.ts';
import type { BaseMethods, PhotoCheck } from '../bridge/protocol.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import { sha256 } from '../domain/sha256.ts';
import { decodePhoto, drawThumbnail, readBytes } from '../engine/decode.ts';
import type { Database } from '../storage/database.ts';
import { getThumbnail, putThumbnail } from '../storage/thumbnails.ts';
import { prefetch } from './prefetch.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type Check = BaseMethods['checkPhotos'];

const FILES_AHEAD = 8;

/** Decides for each file whether it is a photo, and stores the thumbnails of those that are. */
export async function checkPhotos(
  { database }: Services,
  { files }: Check['params'],
  { signal, report }: HandlerContext<Check['progress']>,
): Promise<Check['result']> {
  const pace = new ProgressPace();
  const checks: PhotoCheck[] = [];
  for await (const check of prefetch(
    files,
    () => FILES_AHEAD,
    (file) => checkPhoto(database, file),
  )) {
    throwIfCancelled(signal);
    checks.push(check);
    if (pace.mark(checks.length)) report({ done: checks.length, total: files.length });
  }
  return { checks };
}

async function checkPhoto(database: Database, file: Blob): Promise<PhotoCheck> {
  const read = await readBytes(file);
  if (read.status === 'rejected') return read;
  const imageHash = await sha256(read.value);
  // The same picture, met before in any project.
  const known = await getThumbnail(database, imageHash);
  if (known !== undefined) {
    return { status: 'ok', imageHash, width: known.width, height: known.height };
  }
  const decoded = await decodePhoto(file, read.value, async (bitmap) => {
    const { width, height } = bitmap;
    const thumbnail = await drawThumbnail(bitmap);
    return { width, height, bytes: await thumbnail.arrayBuffer() };
  });
  if (decoded.status === 'rejected') return decoded;
  const { width, height, bytes } = decoded.value;
  await putThumbnail(database, { hash: imageHash, bytes, width, height });
  return { status: 'ok', imageHash, width, height };
}
