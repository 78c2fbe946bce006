import {
  BlobReader,
  BlobWriter,
  ZipWriter,
  type ZipWriterAddDataOptions,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { ExpandedEntry, IntakeEntry } from './entry.ts';
import { expandZips } from './expandZips.ts';
import type { WithZip } from '../zip/zipTarget.ts';
import { createZip } from '../zip/zipWriting.ts';

export interface TestFile {
  readonly path: string;
  readonly content?: string | Blob;
  readonly options?: ZipWriterAddDataOptions;
}

/** What the zip worker does, on the thread that calls. */
export const withZipHere: WithZip = (type, use) => use(createZip(type));

/** A zip of these files, made by the library's own writer. */
export async function zipOf(files: readonly (string | TestFile)[]): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const file of files) {
    const { path, content = path, options = {} } = typeof file === 'string' ? { path: file } : file;
    await writer.add(path, new BlobReader(new Blob([content])), options);
  }
  return writer.close();
}

export function entryOf(path: string, blob: Blob = new Blob([path])): IntakeEntry {
  return { path, read: () => Promise.resolve(blob) };
}

export async function* streamOf<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  for (const item of items) yield await Promise.resolve(item);
}

export async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What a zip of this name and these bytes expands into. */
export function expand(path: string, blob: Blob): Promise<ExpandedEntry[]> {
  return allOf(expandZips(streamOf([entryOf(path, blob)])));
}

/** One line for each: the path of an entry, or the problem with the name of its file. */
export function linesOf(items: readonly ExpandedEntry[]): string[] {
  return items.map((item) =>
    item.kind === 'entry' ? item.entry.path : `${item.problem.problem}: ${item.problem.fileName}`,
  );
}
