import type { BaseId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import type { StoredBase } from './schema.ts';

/** `undefined` where the base has not been downloaded. */
export async function getStoredBase(
  database: Database,
  id: BaseId,
): Promise<StoredBase | undefined> {
  return database.get('bases', id);
}

/** The bases that need no download. */
export async function listStoredBaseIds(database: Database): Promise<BaseId[]> {
  return database.getAllKeys('bases');
}

/** Stores the base, in place of one of the same id. */
export async function putStoredBase(database: Database, base: StoredBase): Promise<void> {
  await database.put('bases', base);
}
