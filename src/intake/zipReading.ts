import {
  BlobReader,
  BlobWriter,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { crc32 } from '../domain/crc32.ts';

/** A file in a zip, as the zip's directory describes it. */
export interface ZippedFile {
  /** As it is written there, with forward slashes: may be absolute, climb with `..`, or hold any character. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  readonly isEncrypted: boolean;
  /** Unpacks. Rejects where the bytes are not those that the directory announces, by size or CRC. */
  readonly read: (type: string, signal?: AbortSignal) => Promise<Blob>;
}

/** Parsing a directory is one long task otherwise; so many take about 10 ms. */
const FILES_PER_TASK = 250;

/** Bytes of a file's own header before its name and extra fields. */
const LOCAL_HEADER_LENGTH = 30;
const LOCAL_HEADER_SIGNATURE = 0x04034b50;

/** Whether the bytes begin like a zip: with a file, or with the end of an empty directory. */
export async function looksLikeZip(blob: Blob): Promise<boolean> {
  const [p, k, a, b] = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  const isPart = (a === 3 && b === 4) || (a === 5 && b === 6);
  return p === 0x50 && k === 0x4b && isPart;
}

/**
 * Lists the files of a zip; only its directory is read. Throws where that is damaged.
 * This and `zipWriting` are the only users of the zip library, without its workers and its wasm: the
 * browser's own streams unpack.
 */
export async function* listZip(zip: Blob): AsyncGenerator<ZippedFile> {
  const reader = new ZipReader(new BlobReader(zip), { useWebWorkers: false });
  let numListed = 0;
  // Names are data here and never become paths of a file system, so none is refused.
  for await (const entry of reader.getEntriesGenerator({ filenameValidation: 'tolerant' })) {
    numListed += 1;
    if (numListed % FILES_PER_TASK === 0) await nextTask();
    if (entry.directory) continue;
    const isStored = entry.compressionMethod === 0 && !entry.encrypted;
    yield {
      path: entry.filename.replaceAll('\\', '/'),
      sizeBytes: entry.uncompressedSize,
      compressedBytes: entry.compressedSize,
      isEncrypted: entry.encrypted,
      read: (type, signal) =>
        isStored ? sliceStored(zip, entry, type) : inflate(entry, type, signal),
    };
  }
}

function inflate(entry: FileEntry, type: string, signal?: AbortSignal): Promise<Blob> {
  return entry.getData(new BlobWriter(type), {
    checkCrc32: true,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** A stored file as a part of the zip, without a copy of it; several times as fast as the library's streams. */
async function sliceStored(zip: Blob, entry: FileEntry, type: string): Promise<Blob> {
  const { offset, uncompressedSize } = entry;
  const header = await zip.slice(offset, offset + LOCAL_HEADER_LENGTH).arrayBuffer();
  const view = new DataView(header);
  if (view.getUint32(0, true) !== LOCAL_HEADER_SIGNATURE) throw new Error('No file header');
  const start = offset + LOCAL_HEADER_LENGTH + view.getUint16(26, true) + view.getUint16(28, true);
  const file = zip.slice(start, start + uncompressedSize, type);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isWhole = bytes.length === uncompressedSize && crc32(bytes) === entry.crc32;
  if (!isWhole) throw new Error('Other bytes than announced');
  return file;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
