import type { Sha256 } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** The picture as it came; `undefined` where none is stored. */
export async function getImage(database: Database, hash: Sha256): Promise<Blob | undefined> {
  return (await database.get('images', hash))?.blob;
}
