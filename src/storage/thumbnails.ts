import type { Sha256 } from '../domain/ids.ts';
import type { Database } from './database.ts';
import type { Thumbnail } from './schema.ts';

/** `undefined` where none is stored. */
export async function getThumbnail(
  database: Database,
  hash: Sha256,
): Promise<Thumbnail | undefined> {
  return database.get('thumbnails', hash);
}

/** Stores the thumbnail, in place of one of the same photo. */
export async function putThumbnail(database: Database, thumbnail: Thumbnail): Promise<void> {
  await database.put('thumbnails', thumbnail);
}
