import { describe, expect, it } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { zipFixture } from './zipFixture.ts';
import { isZip, listZip, openZipped } from './zipSource.ts';

const content = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 11);

async function openOnly(zip: ByteSource): Promise<Uint8Array> {
  const [file] = listZip(zip);
  if (file === undefined) throw new Error('The zip is empty');
  const source = await openZipped(zip, file);
  return source.read(0, source.size);
}

/** The zip with bytes at `offset` changed. */
function altered(zip: ByteSource, offset: number, ...bytes: number[]): ByteSource {
  const copy = zip.read(0, zip.size).slice();
  copy.set(bytes, offset);
  return bytesInMemory(zip.name, copy);
}

/** Where the directory's first entry begins. */
function directoryOffset(zip: ByteSource): number {
  const end = zip.read(zip.size - 22, zip.size);
  return new DataView(end.buffer, end.byteOffset).getUint32(16, true);
}

describe('zip files', () => {
  it.each([
    ['deflated', 6],
    ['stored', 0],
  ])('reads a %s file', async (_, level) => {
    const zip = await zipFixture({ 'folder/weights.bin': content }, level);
    expect(isZip(zip)).toBe(true);
    expect(listZip(zip)).toMatchObject([{ path: 'folder/weights.bin', sizeBytes: 5000 }]);
    expect(await openOnly(zip)).toEqual(content);
  });

  it('reads a part of a stored file where it lies', async () => {
    const zip = await zipFixture({ 'weights.bin': content }, 0);
    const reads: [number, number][] = [];
    const watched: ByteSource = {
      ...zip,
      read: (start, end) => (reads.push([start, end]), zip.read(start, end)),
    };
    const [file] = listZip(zip);
    if (file === undefined) throw new Error('The zip is empty');
    const source = await openZipped(watched, file);
    expect([...source.read(100, 104)]).toEqual([...content.subarray(100, 104)]);
    expect(reads.every(([start, end]) => end - start <= 30)).toBe(true);
  });
});

describe('zip files refuse', () => {
  const zipped = zipFixture({ 'weights.bin': content });

  it.each([
    [
      'a zip that is cut short',
      async () => {
        const zip = await zipped;
        return bytesInMemory(zip.name, zip.read(0, zip.size - 40).slice());
      },
      'directory is missing',
    ],
    [
      'a file that unpacks to more than announced',
      async () => {
        const zip = await zipped;
        return altered(zip, directoryOffset(zip) + 24, 0x10, 0, 0, 0);
      },
      'damaged',
    ],
    [
      'a file that announces gigabytes, before taking memory',
      async () => {
        const zip = await zipped;
        return altered(zip, directoryOffset(zip) + 24, 0xf0, 0xff, 0xff, 0xff);
      },
      'would unpack to 4295 MB',
    ],
    [
      'a file that announces far more than it can hold, before taking memory',
      async () => {
        const zip = await zipped;
        return altered(zip, directoryOffset(zip) + 24, 0, 0, 0, 0x10);
      },
      'would unpack to 268 MB',
    ],
    [
      'bytes that are not those announced',
      async () => {
        const zip = await zipped;
        return altered(zip, directoryOffset(zip) + 16, 1, 2, 3, 4);
      },
      'damaged',
    ],
    [
      'an encrypted file',
      async () => {
        const zip = await zipped;
        return altered(zip, directoryOffset(zip) + 8, 1);
      },
      'encrypted',
    ],
    [
      'an unknown compression',
      async () => {
        const zip = await zipped;
        return altered(zip, directoryOffset(zip) + 10, 99);
      },
      'unknown way',
    ],
    [
      'a directory entry that is none',
      async () => {
        const zip = await zipped;
        return altered(zip, directoryOffset(zip), 0);
      },
      'damaged directory',
    ],
    [
      'more files than a model has',
      async () => {
        const zip = await zipped;
        return altered(zip, zip.size - 12, 0xff, 0xff);
      },
      'holds 65535 files',
    ],
  ])('%s', async (_, make, message) => {
    const thrown: unknown = await make()
      .then(openOnly)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(GraftError);
    expect(thrown).toMatchObject({ code: 'base-invalid', details: { file: 'model.zip' } });
    expect((thrown as GraftError).message).toContain(message);
  });
});
