import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ByteSource } from '../../src/network/byteSource.ts';

/** A file on disk, of which only what is asked for is read. */
export function fileSource(path: string): ByteSource {
  const read = (start: number, end: number) => {
    const bytes = new Uint8Array(end - start);
    const file = openSync(path, 'r');
    try {
      for (let done = 0; done < bytes.length;) {
        const count = readSync(file, bytes, done, bytes.length - done, start + done);
        if (count === 0) throw new RangeError(`${path} ends before ${end}`);
        done += count;
      }
    } finally {
      closeSync(file);
    }
    return bytes;
  };
  return { name: basename(path), size: statSync(path).size, read };
}
