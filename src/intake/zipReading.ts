import { BlobReader, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { nextTask } from './nextTask.ts';
import { unpack } from './unpack.ts';

/** A file in a zip, as the zip's directory describes it. */
export interface ZippedFile {
  /** As it is written there, with forward slashes: may be absolute, climb with `..`, or hold any character. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly isEncrypted: boolean;
  /** Unpacks. Rejects where the bytes are not those that the directory announces, by size or CRC. */
  readonly read: (type: string) => Promise<Blob>;
}

/** Parsing a directory is one long task otherwise. */
const FILES_PER_TASK = 100;

/** Whether the bytes begin like a zip: with a file, or with the end of an empty directory. */
export async function looksLikeZip(blob: Blob): Promise<boolean> {
  const [p, k, a, b] = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  const isPart = (a === 3 && b === 4) || (a === 5 && b === 6);
  return p === 0x50 && k === 0x4b && isPart;
}

/**
 * Lists the files of a zip; only its directory is read. Throws where that is damaged.
 * This and `zipWriting` are the only users of the zip library, without its workers and its wasm.
 */
export async function* listZip(zip: Blob): AsyncGenerator<ZippedFile> {
  const reader = new ZipReader(new BlobReader(zip), { useWebWorkers: false });
  let numListed = 0;
  // Names are data here and never become paths of a file system, so none is refused.
  for await (const entry of reader.getEntriesGenerator({ filenameValidation: 'tolerant' })) {
    numListed += 1;
    if (numListed % FILES_PER_TASK === 0) await nextTask();
    if (entry.directory) continue;
    const packed = {
      headerOffset: entry.offset,
      method: entry.compressionMethod,
      compressedBytes: entry.compressedSize,
      sizeBytes: entry.uncompressedSize,
      crc32: entry.crc32,
    };
    yield {
      path: entry.filename.replaceAll('\\', '/'),
      sizeBytes: packed.sizeBytes,
      compressedBytes: packed.compressedBytes,
      isEncrypted: entry.encrypted,
      read: (type) => unpack(zip, packed, type),
    };
  }
}
