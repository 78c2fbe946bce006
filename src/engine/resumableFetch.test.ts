import { Buffer } from 'node:buffer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startFileServer, type FileServer } from './fileServerFixture.ts';
import { fetchInto, type PartialFile, type PartialState } from './resumableFetch.ts';

const SIZE = 1_000_000;
const content = Uint8Array.from({ length: SIZE }, (_, i) => (i * 7 + (i >> 8)) % 256);
const other = content.map((byte) => 255 - byte);

let server: FileServer;

beforeEach(async () => {
  server = await startFileServer({ 'weights.bin': content });
});

afterEach(() => server.close());

/** A file in memory, as a disk would keep it between two attempts. */
function fileInMemory() {
  let bytes = new Uint8Array();
  let rest: Omit<PartialState, 'sizeBytes'> = { validator: null, isComplete: false };
  const file: PartialFile = {
    state: () => Promise.resolve({ ...rest, sizeBytes: bytes.length }),
    append: (added, validator, isLast) => {
      bytes = new Uint8Array(Buffer.concat([bytes, ...added]));
      rest = { validator, isComplete: isLast };
      return Promise.resolve();
    },
    clear: () => {
      bytes = new Uint8Array();
      rest = { validator: null, isComplete: false };
      return Promise.resolve();
    },
  };
  return { file, bytes: () => bytes };
}

const options = (changes: Partial<Parameters<typeof fetchInto>[2]> = {}) => ({
  signal: new AbortController().signal,
  maxBytes: SIZE,
  onBytes: vi.fn(),
  ...changes,
});

const url = () => new URL('weights.bin', server.origin);

/** An attempt that ends after some of the bytes. */
async function begin(file: PartialFile): Promise<number> {
  server.breaksAfterBytes = 300_000;
  await expect(fetchInto(url(), file, options())).rejects.toMatchObject({
    code: 'base-unreachable',
    details: { host: server.origin.host },
  });
  server.breaksAfterBytes = null;
  const { sizeBytes } = await file.state();
  expect(sizeBytes).toBeGreaterThan(0);
  expect(sizeBytes).toBeLessThanOrEqual(300_000);
  return sizeBytes;
}

describe('fetchInto', () => {
  it('fetches a file, says how far it is, and asks nobody once it is complete', async () => {
    const { file, bytes } = fileInMemory();
    const { onBytes, ...rest } = options();
    await fetchInto(url(), file, { ...rest, onBytes });
    expect(Buffer.compare(bytes(), content)).toBe(0);
    expect(onBytes).toHaveBeenLastCalledWith(SIZE, SIZE);
    await fetchInto(url(), file, options());
    expect(server.requests).toEqual(['weights.bin']);
  });

  it('goes on where a broken connection left off', async () => {
    const { file, bytes } = fileInMemory();
    const kept = await begin(file);
    await fetchInto(url(), file, options());
    expect(server.requests.at(-1)).toBe(`weights.bin bytes=${kept}-`);
    expect(Buffer.compare(bytes(), content)).toBe(0);
  });

  it('goes on after it was cancelled, with all that had come', async () => {
    const { file, bytes } = fileInMemory();
    const controller = new AbortController();
    const onBytes = () => controller.abort();
    await expect(
      fetchInto(url(), file, options({ signal: controller.signal, onBytes })),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(bytes().length).toBeGreaterThan(0);
    expect((await file.state()).isComplete).toBe(false);
    await fetchInto(url(), file, options());
    expect(Buffer.compare(bytes(), content)).toBe(0);
  });

  it('starts over when the server ignores the range', async () => {
    const { file, bytes } = fileInMemory();
    await begin(file);
    server.ignoresRanges = true;
    await fetchInto(url(), file, options());
    expect(Buffer.compare(bytes(), content)).toBe(0);
  });

  it.each(['"2"', null])('starts over when the file is another one by now (%s)', async (etag) => {
    const { file, bytes } = fileInMemory();
    await begin(file);
    server.etag = etag;
    server.files.set('weights.bin', other);
    await fetchInto(url(), file, options());
    expect(Buffer.compare(bytes(), other)).toBe(0);
  });

  it('starts over when there is nothing left where it wants to go on', async () => {
    const { file, bytes } = fileInMemory();
    const kept = await begin(file);
    server.files.set('weights.bin', content.slice(0, kept));
    await fetchInto(url(), file, options());
    expect(Buffer.compare(bytes(), content.slice(0, kept))).toBe(0);
  });

  it('never goes on with what the server cannot tell apart', async () => {
    server.etag = null;
    const { file, bytes } = fileInMemory();
    await begin(file);
    await fetchInto(url(), file, options());
    expect(server.requests).toEqual(['weights.bin', 'weights.bin']);
    expect(Buffer.compare(bytes(), content)).toBe(0);
  });

  it('keeps what has come while the server is out of order', async () => {
    const { file, bytes } = fileInMemory();
    const kept = await begin(file);
    server.files.delete('weights.bin');
    await expect(fetchInto(url(), file, options())).rejects.toMatchObject({
      code: 'base-unreachable',
    });
    expect(bytes()).toHaveLength(kept);
  });

  it('refuses more bytes than there should be', async () => {
    const { file } = fileInMemory();
    await expect(fetchInto(url(), file, options({ maxBytes: 1000 }))).rejects.toMatchObject({
      code: 'base-invalid',
    });
  });

  it('fetches a range and goes on within it', async () => {
    const { file, bytes } = fileInMemory();
    const range = { start: 100_000, end: 600_000 };
    server.breaksAfterBytes = 200_000;
    await expect(fetchInto(url(), file, options(), range)).rejects.toThrow();
    server.breaksAfterBytes = null;
    const kept = bytes().length;
    await fetchInto(url(), file, options(), range);
    expect(server.requests).toEqual([
      'weights.bin bytes=100000-599999',
      `weights.bin bytes=${100_000 + kept}-599999`,
    ]);
    expect(Buffer.compare(bytes(), content.slice(100_000, 600_000))).toBe(0);
  });

  it('takes no whole file for a range', async () => {
    server.ignoresRanges = true;
    const { file, bytes } = fileInMemory();
    const range = { start: 100_000, end: 600_000 };
    await expect(fetchInto(url(), file, options(), range)).rejects.toMatchObject({
      code: 'base-unreachable',
    });
    expect(bytes()).toHaveLength(0);
  });
});
