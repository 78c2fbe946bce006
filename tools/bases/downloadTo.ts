import { mkdir, writeFile } from 'node:fs/promises';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { join } from 'node:path';
import { fetchFiles, type FetchedFile } from '../../src/engine/fetchFiles.ts';
import { fileOnDisk, type FileOnDisk } from './fileOnDisk.ts';

export interface DownloadOptions {
  /** Leaves out the fully connected layers where format and server allow it. */
  readonly isHeadless: boolean;
  readonly onBytes: (done: number, total: number | null) => void;
}

/** Far above any network that a browser could run. */
const MAX_BYTES = 20e9;

/** Fetches the files and those that they name into `folder`, and gives their paths. */
export async function downloadTo(
  folder: string,
  addresses: readonly string[],
  { isHeadless, onBytes }: DownloadOptions,
): Promise<readonly string[]> {
  const urls = addresses.map((address) => new URL(address));
  const open = (key: string) => fileOnDisk(join(folder, 'parts'), key);
  // Ended by ending the program; what has come stays.
  const { signal } = new AbortController();
  const options = { isHeadless, onBytes, signal, maxBytes: MAX_BYTES };
  const fetched = await fetchFiles(urls, open, options);
  await mkdir(join(folder, 'files'), { recursive: true });
  return Promise.all(fetched.map((file) => assemble(file, join(folder, 'files'))));
}

async function assemble(file: FetchedFile<FileOnDisk>, folder: string): Promise<string> {
  const path = join(folder, safeName(file.name));
  await writeFile(path, file.header);
  for (const part of file.parts) {
    await pipeline(createReadStream(part.path), createWriteStream(path, { flags: 'a' }));
  }
  return path;
}

/** A server may call its files anything; `model.json` knows them by name. */
function safeName(name: string): string {
  return name.replaceAll(/[/\\\0]|^\.+/gu, '_') || 'file';
}
