import { expect, it } from 'vitest';
import { bytesInMemory } from '../byteSource.ts';
import { isDamagedGlobalHeap } from './globalHeap.ts';

/** A collection of `size` bytes that begins at byte 16 of a file, with objects of an index and a length each. */
function collection(size: number, ...objects: [index: number, length: number][]) {
  const bytes = new Uint8Array(16 + 96);
  const view = new DataView(bytes.buffer, 16);
  bytes.set(new TextEncoder().encode('GCOL\u0001'), 16);
  view.setBigUint64(8, BigInt(size), true);
  let offset = 16;
  for (const [index, length] of objects) {
    view.setUint16(offset, index, true);
    view.setBigUint64(offset + 8, BigInt(length), true);
    offset += index === 0 ? length : 16 + Math.ceil(length / 8) * 8;
  }
  return bytes;
}

function isDamaged(bytes: Uint8Array<ArrayBuffer>, bytesAskedFor = 96): boolean {
  const source = bytesInMemory('a.h5', bytes);
  return isDamagedGlobalHeap(source, 16, source.read(16, 16 + bytesAskedFor));
}

it('lets pass what the format allows, and everything else that a file has', () => {
  expect(isDamaged(collection(96, [1, 5], [2, 16], [0, 24]))).toBe(false);
  expect(isDamaged(collection(96, [1, 5], [2, 32]))).toBe(false);
  expect(isDamaged(new Uint8Array(112).fill(255))).toBe(false);
  expect(isDamaged(new Uint8Array(112), 8)).toBe(false);
});

it.each([
  ['a free space of no length', collection(96, [1, 5], [0, 0])],
  ['an object beyond the end', collection(96, [1, 90])],
  ['an object longer than numbers go', collection(96, [1, 2 ** 63])],
  ['a collection beyond the end of the file', collection(97, [1, 5], [0, 56])],
  ['a collection smaller than its header', collection(8)],
])('finds %s', (_, bytes) => {
  expect(isDamaged(bytes)).toBe(true);
  // The rest is looked at even where the library asks for the beginning first.
  expect(isDamaged(bytes, 24)).toBe(true);
});
