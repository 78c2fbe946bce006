import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  BlobReader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js';

/** Every file of a zip on this machine, by its name. */
export async function readZip(path: string): Promise<Map<string, Buffer>> {
  const reader = new ZipReader(new BlobReader(new Blob([await readFile(path)])));
  const files = new Map<string, Buffer>();
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    files.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())));
  }
  await reader.close();
  return files;
}

/** Writes a zip with the files, by their names. */
export async function writeZip(path: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, bytes] of files) await writer.add(name, new Uint8ArrayReader(bytes));
  await writeFile(path, await writer.close());
}

/** Writes every file of a zip into a folder. */
export async function unpackZip(path: string, folder: string): Promise<void> {
  for (const [name, bytes] of await readZip(path)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}
