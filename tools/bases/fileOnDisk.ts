import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptFile } from '../../src/engine/fetchFiles.ts';

export interface FileOnDisk extends KeptFile {
  readonly path: string;
}

/** What is known about the bytes beside it. */
interface Note {
  readonly validator: string | null;
  readonly isComplete: boolean;
}

/** A file that is being downloaded into `folder`; `key` tells it from the others there. */
export function fileOnDisk(folder: string, key: string): FileOnDisk {
  const path = join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));
  const notePath = `${path}.json`;
  return {
    path,
    text: () => readFile(path, 'utf8'),
    state: async () => {
      if (!existsSync(path)) return { sizeBytes: 0, validator: null, isComplete: false };
      const note = JSON.parse(await readFile(notePath, 'utf8')) as Note;
      return { ...note, sizeBytes: (await stat(path)).size };
    },
    append: async (bytes, validator, isComplete) => {
      await mkdir(folder, { recursive: true });
      const write = (note: Note) => writeFile(notePath, JSON.stringify(note));
      // Before the bytes, which are of no use without it.
      await write({ validator, isComplete: false });
      await appendFile(path, Buffer.concat(bytes));
      if (isComplete) await write({ validator, isComplete });
    },
    clear: async () => {
      await rm(path, { force: true });
    },
  };
}
