import type { BaseModel } from '../domain/baseModel.ts';
import type { BaseId } from '../domain/ids.ts';
import type { Database } from './database.ts';
import { partsOf } from './downloads.ts';
import type { StoredBase } from './schema.ts';

/** `undefined` where the base is not stored. */
export async function getStoredBase(
  database: Database,
  id: BaseId,
): Promise<StoredBase | undefined> {
  return database.get('bases', id);
}

/** Everything stored, oldest first. Files are not read by this, only named. */
export async function listStoredBases(database: Database): Promise<StoredBase[]> {
  const stored = await database.getAll('bases');
  return stored.sort((a, b) => a.storedAt - b.storedAt);
}

/** Stores the base in place of one of the same id; the parts that it was downloaded in go. */
export async function putStoredBase(
  database: Database,
  stored: StoredBase,
  source: string | null,
): Promise<void> {
  const storing = database.transaction(['bases', 'downloads'], 'readwrite');
  await storing.objectStore('bases').put(stored);
  if (source !== null) await storing.objectStore('downloads').delete(partsOf(source));
  await storing.done;
}

/** Changes what is said about a stored base, not its files. `undefined` where it is not stored. */
export async function updateStoredBase(
  database: Database,
  id: BaseId,
  change: Partial<BaseModel>,
): Promise<BaseModel | undefined> {
  const storing = database.transaction('bases', 'readwrite');
  const stored = await storing.store.get(id);
  if (stored === undefined) return undefined;
  const base = { ...stored.base, ...change };
  await storing.store.put({ ...stored, base });
  await storing.done;
  return base;
}

export async function deleteStoredBase(database: Database, id: BaseId): Promise<void> {
  await database.delete('bases', id);
}

/** Bytes that the files take. */
export function storedBytesOf({ files }: StoredBase): number {
  return files.reduce((sum, { blob }) => sum + blob.size, 0);
}
