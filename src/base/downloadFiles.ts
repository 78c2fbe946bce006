import { companionsOf, fileNameOf } from '../engine/fetchBase.ts';
import type { NamedBlob } from '../engine/openFiles.ts';
import { fetchInto, type FetchOptions, type PartialFile } from '../engine/resumableFetch.ts';
import type { Database } from '../storage/database.ts';
import { addPart, deleteParts, listParts } from '../storage/downloads.ts';

/** The files at `urls` and the weight files that they name, kept under `source` until they are stored. */
export async function downloadFiles(
  database: Database,
  source: string,
  urls: readonly URL[],
  { signal, maxBytes, onBytes }: FetchOptions,
): Promise<readonly NamedBlob[]> {
  const files: NamedBlob[] = [];
  const queue = [...urls];
  let before = 0;
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    const start = before;
    await fetchInto(url, partsInDatabase(database, source, url), {
      signal,
      maxBytes: maxBytes - start,
      onBytes: (done, total) => onBytes(start + done, total === null ? null : start + total),
    });
    const parts = await listParts(database, source, url.href);
    const blob = new Blob(parts.map(({ bytes }) => bytes));
    before += blob.size;
    files.push({ name: fileNameOf(url), blob });
    queue.push(...(await companionsOf(url, blob)));
  }
  return files;
}

function partsInDatabase(database: Database, source: string, { href: address }: URL): PartialFile {
  let end = 0;
  return {
    state: async () => {
      const last = (await listParts(database, source, address)).at(-1);
      end = last === undefined ? 0 : last.start + last.bytes.size;
      const { validator = null, isLast = false } = last ?? {};
      return { sizeBytes: end, validator, isComplete: isLast };
    },
    append: async (bytes, validator, isLast) => {
      const part = { source, address, start: end, bytes: new Blob([...bytes]), validator, isLast };
      await addPart(database, part);
      end += part.bytes.size;
    },
    clear: async () => {
      await deleteParts(database, source, address);
      end = 0;
    },
  };
}
