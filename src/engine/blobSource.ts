import type { ByteSource } from '../network/byteSource.ts';

/** Only workers have it, and types for pages leave it out. */
interface SyncReader {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** Headers are read in many small pieces; every one by itself would cross to the browser's process. */
const BLOCK_BYTES = 64 * 1024;

/** A blob read where it lies, in a worker. Of the file, one block stays in memory. */
export function blobSource(name: string, blob: Blob): ByteSource {
  const { FileReaderSync } = globalThis as unknown as { FileReaderSync: new () => SyncReader };
  const reader = new FileReaderSync();
  const readBlob = (start: number, end: number) =>
    new Uint8Array(reader.readAsArrayBuffer(blob.slice(start, end)));
  let block = new Uint8Array();
  let blockStart = 0;
  const read = (start: number, end: number) => {
    if (end - start >= BLOCK_BYTES) return readBlob(start, end);
    if (start < blockStart || end > blockStart + block.length) {
      block = readBlob(start, Math.min(start + BLOCK_BYTES, blob.size));
      blockStart = start;
    }
    return block.subarray(start - blockStart, end - blockStart);
  };
  const release = ({ buffer, length }: Uint8Array<ArrayBuffer>) => {
    // Shorter ones are views of the block. Chromium keeps what a reader made and `transfer` took over.
    if (length >= BLOCK_BYTES) structuredClone(buffer, { transfer: [buffer] });
  };
  return { name, size: blob.size, read, release };
}
