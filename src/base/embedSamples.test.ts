import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackendReport } from '../domain/backend.ts';
import { decodeFloat16 } from '../domain/float16.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { getImage, imageRow } from '../storage/images.ts';
import { embedSamples } from './embedSamples.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { createBaseLoader } from './loadedBase.ts';
import type { Services } from './services.ts';

const INPUT_SIZE = 128 * 128 * 3;
const wasm: BackendReport = {
  backend: 'wasm',
  adapter: null,
  photosPerSecond: null,
  candidates: [],
};
const hashOf = (index: number) => index.toString(16).padStart(64, '0') as Sha256;
const hashes = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => hashOf(from + i));

/** Stands for the network: the first value of a photo's input, twice. */
const run = vi.fn((...[, , , input, numPhotos]: Parameters<Services['ladder']['run']>) =>
  Promise.resolve(
    Float32Array.from(
      { length: numPhotos * 2 },
      (_, i) => input[Math.floor(i / 2) * INPUT_SIZE] ?? 0,
    ),
  ),
);

/** Stands for decoding: a photo is as bright as its blob is long; 13 bytes are damaged. */
const prepare: Services['photos']['prepare'] = async (source) => {
  const file = typeof source === 'string' ? await getImage(database, source) : source;
  if (file === undefined) return { status: 'rejected', problem: 'unreadable', detail: null };
  return file.size === 13
    ? { status: 'rejected', problem: 'damaged', detail: null }
    : { status: 'decoded', value: new Uint8ClampedArray(INPUT_SIZE).fill(file.size) };
};

let database: Database;
let loaded: LoadedBase;
let numDatabases = 0;

beforeEach(async () => {
  run.mockClear();
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  vi.stubGlobal('fetch', (url: URL) =>
    Promise.resolve(new Response(readFileSync(`public${url.pathname}`))),
  );
  database = await openDatabase(`embed ${++numDatabases}`);
  loaded = await createBaseLoader(database)('starter' as BaseId);
});

async function storeImages(count: number) {
  for (let i = 0; i < count; i++) {
    const row = await imageRow({ hash: hashOf(i), blob: new Blob(['x'.repeat(i)]) });
    await database.put('images', row);
  }
}

function embed(
  imageHashes: readonly Sha256[],
  signal = new AbortController().signal,
  report = vi.fn(),
  photos: Partial<Services['photos']> = { prepare, size: 1 },
) {
  const services = {
    database,
    loadBase: () => Promise.resolve(loaded),
    ladder: { run, report: () => Promise.resolve(wasm) },
    photos,
  } as unknown as Services;
  const params = {
    baseId: loaded.base.id,
    cut: { positions: [154], pooling: 'global-average' },
    framing: 'centre-square',
    backend: 'auto',
    imageHashes,
  } as const;
  return embedSamples(services, params, { signal, report });
}

describe('embedSamples', () => {
  it('computes what is missing and nothing else', async () => {
    await storeImages(12);
    expect(await embed(hashes(0, 10))).toMatchObject({ computed: 10, reused: 0, failed: [] });
    expect(await embed(hashes(0, 10))).toMatchObject({ computed: 0, reused: 10 });
    run.mockClear();
    expect(await embed(hashes(0, 12))).toMatchObject({ computed: 2, reused: 10 });
    expect(run.mock.calls.map((call) => call[4])).toEqual([2]);
  });

  it('stores each photo its own activation, as float16', async () => {
    await storeImages(12);
    await embed(hashes(0, 12));
    const keys = await database.getAllKeys('activations');
    expect(keys.map(([, hash]) => hash)).toEqual(hashes(0, 12));
    for (const [i, key] of keys.entries()) {
      const stored = (await database.get('activations', key)) ?? new Uint16Array();
      expect(decodeFloat16(stored)[1]).toBeCloseTo(i / 127.5 - 1, 3);
    }
  });

  it('counts a photo once that is there twice', async () => {
    await storeImages(2);
    expect(await embed([hashOf(0), hashOf(1), hashOf(0)])).toMatchObject({
      computed: 2,
      reused: 0,
    });
  });

  it('reports photos that fail and goes on', async () => {
    await storeImages(20);
    const report = await embed([...hashes(0, 20), hashOf(99)]);
    expect(report).toMatchObject({ computed: 19, reused: 0 });
    expect(report.failed).toEqual([
      { imageHash: hashOf(13), problem: 'damaged' },
      { imageHash: hashOf(99), problem: 'unreadable' },
    ]);
    expect(await database.count('activations')).toBe(19);
  });

  it('stops between batches when cancelled and keeps what is done', async () => {
    await storeImages(40);
    const controller = new AbortController();
    run.mockImplementationOnce((...[, , , , numPhotos]) => {
      controller.abort();
      return Promise.resolve(new Float32Array(numPhotos * 2));
    });
    await expect(embed(hashes(0, 40), controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(run).toHaveBeenCalledTimes(1);
    expect(await database.count('activations')).toBe(8);
  });

  it('leaves batches to photo workers where there are several', async () => {
    await storeImages(20);
    const runPhotos = vi.fn<Services['photos']['run']>(({ spec }, sources) =>
      Promise.all(
        sources.map(async (source) => {
          const photo = await prepare(source, spec);
          if (photo.status === 'rejected') return photo;
          return { status: 'decoded', value: Float32Array.of(photo.value[0] ?? 0) };
        }),
      ),
    );
    const report = await embed(hashes(0, 20), undefined, undefined, { size: 2, run: runPhotos });
    expect(report).toMatchObject({ computed: 19, failed: [{ imageHash: hashOf(13) }] });
    expect(run).not.toHaveBeenCalled();
    expect(runPhotos.mock.calls.map(([, sources]) => sources.length)).toEqual([8, 8, 4]);
    expect(runPhotos.mock.calls[0]?.[0]).toMatchObject({
      backend: 'wasm',
      network: { kind: 'base' },
    });
    const keys = await database.getAllKeys('activations');
    const last = (await database.get('activations', keys.at(-1) as never)) ?? new Uint16Array();
    expect([...decodeFloat16(last)]).toEqual([19]);
  });

  it('tells how far it is and on what', async () => {
    await storeImages(3);
    const report = vi.fn();
    await embed(hashes(0, 3), undefined, report);
    expect(report.mock.calls[0]?.[0]).toEqual({
      done: 0,
      total: 3,
      reused: 0,
      photosPerSecond: null,
      backend: 'wasm',
      adapter: null,
    });
  });
});
