import { fetchFiles, type FetchFilesOptions, type KeptFile } from '../engine/fetchFiles.ts';
import type { NamedBlob } from '../engine/openFiles.ts';
import type { Database } from '../storage/database.ts';
import { addPart, deleteParts, listParts } from '../storage/downloads.ts';

/** The files at `urls` and the weight files that they name, kept under `source` until they are stored. */
export async function downloadFiles(
  database: Database,
  source: string,
  urls: readonly URL[],
  options: FetchFilesOptions,
): Promise<readonly NamedBlob[]> {
  const open = (address: string) => partsInDatabase(database, source, address);
  const fetched = await fetchFiles(urls, open, options);
  return Promise.all(
    fetched.map(async ({ name, header, parts }) => {
      const blobs = await Promise.all(parts.map((part) => part.blob()));
      return { name, blob: new Blob([header, ...blobs]) };
    }),
  );
}

interface PartsInDatabase extends KeptFile {
  readonly blob: () => Promise<Blob>;
}

function partsInDatabase(database: Database, source: string, address: string): PartsInDatabase {
  let end = 0;
  const blob = async () => {
    const parts = await listParts(database, source, address);
    return new Blob(parts.map(({ bytes }) => bytes));
  };
  return {
    blob,
    text: async () => (await blob()).text(),
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
