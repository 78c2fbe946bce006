import type { ByteSource } from '../byteSource.ts';

const SIGNATURE = 0x4c4f4347; // 'GCOL', little endian
const HEADER_BYTES = 16;
const OBJECT_HEADER_BYTES = 16;

/**
 * Whether a global heap collection, where HDF5 keeps texts, begins at `start` and its objects do not
 * follow one another to its end. The library walks them without looking: a damaged collection sends it
 * round for ever. `bytes` are those that it asked for there, which may be the beginning only.
 * (HDF5 File Format Specification, III.E, with sizes of 8 bytes.)
 */
export function isDamagedGlobalHeap(source: ByteSource, start: number, bytes: Uint8Array): boolean {
  const header = viewOf(bytes);
  if (bytes.length < HEADER_BYTES || header.getUint32(0, true) !== SIGNATURE) return false;
  const size = Number(header.getBigUint64(8, true));
  if (size < HEADER_BYTES || start + size > source.size) return true;
  const heap = size > bytes.length ? viewOf(source.read(start, start + size)) : header;
  let offset = HEADER_BYTES;
  while (offset + OBJECT_HEADER_BYTES <= size) {
    const isFreeSpace = heap.getUint16(offset, true) === 0;
    const objectBytes = Number(heap.getBigUint64(offset + 8, true));
    const length = isFreeSpace ? objectBytes : OBJECT_HEADER_BYTES + alignedTo8(objectBytes);
    if (length < OBJECT_HEADER_BYTES || offset + length > size) return true;
    offset += length;
  }
  return false;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function alignedTo8(size: number): number {
  return Math.ceil(size / 8) * 8;
}
