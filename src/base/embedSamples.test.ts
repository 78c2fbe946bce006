import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_AUGMENTATION } from '../domain/augmentation.ts';
import type { BackendReport } from '../domain/backend.ts';
import { decodeFloat16 } from '../domain/float16.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
import { randomGraphHash } from '../domain/randomControl.ts';
import type { ViewsToEmbed } from '../domain/viewsToEmbed.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { getImage, imageRow } from '../storage/images.ts';
import { embedSamples } from './embedSamples.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { createBaseLoader } from './loadedBase.ts';
import type { PreparedPhoto } from './photoProtocol.ts';
import { photoOf, viewOf, type PhotoSource } from './photoSources.ts';
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
const prepareOne = async (source: PhotoSource): Promise<PreparedPhoto> => {
  const photo = photoOf(source);
  const file = typeof photo === 'string' ? await getImage(database, photo) : photo;
  if (file === undefined) return { status: 'rejected', problem: 'unreadable', detail: null };
  if (file.size === 13) return { status: 'rejected', problem: 'damaged', detail: null };
  // A view is as much brighter as it is turned.
  const brightness = file.size + 12 * Math.abs(viewOf(source)?.rotationDegrees ?? 0);
  return { status: 'decoded', value: new Uint8ClampedArray(INPUT_SIZE).fill(brightness) };
};
const prepare = vi.fn<Services['photos']['prepare']>((sources) =>
  Promise.all(sources.map(prepareOne)),
);

let database: Database;
let loaded: LoadedBase;
let numDatabases = 0;

beforeEach(async () => {
  run.mockClear();
  prepare.mockClear();
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
  views?: ViewsToEmbed,
  isRandom = false,
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
    ...(views === undefined ? {} : { views }),
    isRandom,
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

  it('computes views once, each photo decoded once for all of them', async () => {
    await storeImages(6);
    const numViews = (count: number) => ({ ...DEFAULT_AUGMENTATION, numViews: count });
    const embedViews = (count: number, imageHashes: readonly Sha256[]) =>
      embed(hashes(0, 6), undefined, undefined, undefined, {
        augmentation: numViews(count),
        imageHashes,
      });
    expect(await embedViews(2, hashes(0, 4))).toMatchObject({ computed: 14, reused: 0 });
    // Batches of eight cut the views of one photo apart at most.
    expect(prepare.mock.calls.length).toBeLessThanOrEqual(7);
    expect(await embedViews(2, hashes(0, 4))).toMatchObject({ computed: 0, reused: 14 });
    expect(await embedViews(3, hashes(0, 4))).toMatchObject({ computed: 4, reused: 14 });
    expect(await embedViews(3, hashes(0, 5))).toMatchObject({ computed: 3, reused: 18 });
    const keys = await database.getAllKeys('activations');
    const values = await Promise.all(keys.map((key) => database.get('activations', key)));
    expect(new Set(values.map((each) => each?.[0])).size).toBeGreaterThan(10);
  });

  it('reports a photo once whose views all fail', async () => {
    await storeImages(14);
    const augmentation = { ...DEFAULT_AUGMENTATION, numViews: 2 };
    const imageHashes = hashes(12, 14);
    const views = { augmentation, imageHashes };
    const report = await embed(imageHashes, undefined, undefined, undefined, views);
    expect(report.failed).toEqual([{ imageHash: hashOf(13), problem: 'damaged' }]);
    expect(report).toMatchObject({ computed: 3, reused: 0 });
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

  it('keeps the activations of random weights apart from those of the base', async () => {
    await storeImages(3);
    await embed(hashes(0, 3));
    const random = await embed(hashes(0, 3), undefined, undefined, undefined, undefined, true);
    expect(random).toMatchObject({ computed: 3, reused: 0 });
    const spaces = (await database.getAllKeys('activations')).map(([space]) => space);
    const { graphHash } = loaded.base;
    expect(spaces.filter((space) => space.startsWith(graphHash))).toHaveLength(3);
    const randomHash = await randomGraphHash(graphHash);
    expect(spaces.filter((space) => space.startsWith(randomHash))).toHaveLength(3);
    // The backend is that of the base itself, the network another.
    const [ofBase, ofRandom] = run.mock.calls;
    expect(ofRandom?.[0]).toBe(ofBase?.[0]);
    expect(ofRandom?.[2].key).not.toBe(ofBase?.[2].key);
  });

  it('leaves batches to photo workers where there are several', async () => {
    await storeImages(20);
    const runPhotos = vi.fn<Services['photos']['run']>((_, sources) =>
      Promise.all(
        sources.map(async (source) => {
          const photo = await prepareOne(source);
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
