import type { Database } from './database.ts';
import type { DownloadPart } from './schema.ts';

/** Keys of all parts that `source` was downloaded in; of one of its files where `address` is given. */
export function partsOf(source: string, address?: string): IDBKeyRange {
  const prefix = address === undefined ? [source] : [source, address];
  // A list sorts after every text and number.
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}

/** What has come of a file, in order and without gaps. */
export async function listParts(
  database: Database,
  source: string,
  address: string,
): Promise<DownloadPart[]> {
  return database.getAll('downloads', partsOf(source, address));
}

export async function addPart(database: Database, part: DownloadPart): Promise<void> {
  await database.put('downloads', part);
}

/** Forgets a download, or one of its files. */
export async function deleteParts(
  database: Database,
  source: string,
  address?: string,
): Promise<void> {
  await database.delete('downloads', partsOf(source, address));
}

/** Downloads that have begun and were neither finished nor discarded, with the bytes that have come. */
export async function listDownloads(
  database: Database,
): Promise<readonly { readonly source: string; readonly bytesKept: number }[]> {
  const bytes = new Map<string, number>();
  for (const part of await database.getAll('downloads')) {
    bytes.set(part.source, (bytes.get(part.source) ?? 0) + part.bytes.size);
  }
  return [...bytes].map(([source, bytesKept]) => ({ source, bytesKept }));
}
