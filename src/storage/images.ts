import type { Sha256 } from '../domain/ids.ts';
import type { Database } from './database.ts';
import type { StoredImage } from './schema.ts';

/**
 * Up to this size a picture is stored in its record, as Chromium would keep any other value. A `Blob`
 * becomes a file, and after each writing transaction Chromium adds up the sizes of all files: with
 * thousands of them that takes longer than the transaction.
 */
const MAX_INLINE_BYTES = 64 * 1024;

/** A picture as it came, under the hash of its bytes. */
export interface NewImage {
  readonly hash: Sha256;
  readonly blob: Blob;
}

/** The picture as it came; `undefined` where none is stored. */
export async function getImage(database: Database, hash: Sha256): Promise<Blob | undefined> {
  const stored = await database.get('images', hash);
  return stored === undefined ? undefined : new Blob([stored.content], { type: stored.type });
}

/** The row of a picture. Reads small ones, so it comes before the transaction. */
export async function imageRow({ hash, blob }: NewImage): Promise<StoredImage> {
  const content = blob.size <= MAX_INLINE_BYTES ? await blob.arrayBuffer() : blob;
  return { hash, content, type: blob.type };
}
