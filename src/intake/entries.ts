import { isClutter } from './clutter.ts';
import type { IntakeEntry } from './entry.ts';

/** Orders names as people count: `2.jpg` before `10.jpg`. */
const { compare } = new Intl.Collator('en', { numeric: true });

/**
 * The files of a drop, folders opened with everything in them, in the order of their names.
 *
 * Takes hold of the drop before it returns: once control is back at the event loop, the browser has
 * emptied `data`. What is in the folders is listed while the result is iterated, and no file is read.
 */
export function dropEntries(data: DataTransfer): AsyncIterable<IntakeEntry> {
  const items = Array.from(data.items).filter(({ kind }) => kind === 'file');
  const roots = items.map((item) => item.webkitGetAsEntry()).filter((root) => root !== null);
  // A drop that a script made has files but no file system entries.
  if (roots.length === 0) return fileEntries(Array.from(data.files));
  return listAll(roots);
}

/** Picked files; those of a folder picker in the order of their names, others as they were picked. */
// eslint-disable-next-line @typescript-eslint/require-await -- a stream like that of a drop, whose listing waits
export async function* fileEntries(files: readonly File[]): AsyncGenerator<IntakeEntry> {
  const entries = files.map((file): IntakeEntry => {
    const path = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
    return { path, read: () => Promise.resolve(file) };
  });
  const isFolder = files.some(({ webkitRelativePath }) => webkitRelativePath !== '');
  yield* isFolder ? entries.toSorted((a, b) => compare(a.path, b.path)) : entries;
}

async function* listAll(found: readonly FileSystemEntry[]): AsyncGenerator<IntakeEntry> {
  for (const entry of found.toSorted((a, b) => compare(a.name, b.name))) {
    if (isClutter(entry.name)) continue;
    if (entry.isDirectory) yield* listFolder(entry as FileSystemDirectoryEntry);
    else yield fileEntry(entry as FileSystemFileEntry);
  }
}

async function* listFolder(folder: FileSystemDirectoryEntry): AsyncGenerator<IntakeEntry> {
  const children: FileSystemEntry[] = [];
  try {
    const reader = folder.createReader();
    // At most 100 come at a time; an empty answer is the end.
    for (let batch = await nextBatch(reader); batch.length > 0; batch = await nextBatch(reader)) {
      children.push(...batch);
    }
  } catch (thrown) {
    // A folder that may not be opened is listed like a file that may not be read.
    yield { path: pathOf(folder), read: () => Promise.reject(toError(thrown)) };
  }
  yield* listAll(children);
}

function nextBatch(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => {
    reader.readEntries(resolve, reject);
  });
}

function fileEntry(file: FileSystemFileEntry): IntakeEntry {
  const read = () =>
    new Promise<File>((resolve, reject) => {
      file.file(resolve, reject);
    });
  return { path: pathOf(file), read };
}

function pathOf({ fullPath }: FileSystemEntry): string {
  return fullPath.replace(/^\//u, '');
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
