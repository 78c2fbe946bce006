import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BaseId } from '../domain/ids.ts';
import { startFileServer, type FileServer } from '../engine/fileServerFixture.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';
import { listDownloads } from '../storage/downloads.ts';
import { downloadBase } from './downloadBase.ts';
import type { Services } from './services.ts';
import { openBaseServices } from './servicesFixture.ts';

const assets = process.env['GRAFT_ASSETS'];
const baseId = 'mobilenet-v2-0.35-224' as BaseId;
const fetchForReal = globalThis.fetch;

let database: Database;
let services: Services;
let server: FileServer;

beforeEach(async () => {
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  server = await startFileServer();
  // Every address is one of this machine's server; what it has is called by the file's name.
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) =>
    fetchForReal(new URL(url.pathname.split('/').at(-1) ?? '', server.origin), init),
  );
  services = await openBaseServices();
  database = services.database;
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

function serveFolder(folder: string) {
  for (const name of ['model.json', 'weights.bin']) {
    server.files.set(name, readFileSync(join(folder, name)));
  }
}

function download(signal = new AbortController().signal, report = vi.fn()) {
  return downloadBase(services, { baseId }, { signal, report });
}

/** Calls `then` once so many bytes of an answer have come. */
function afterBytes(numBytes: number, then: () => void) {
  const fetchAsBefore = globalThis.fetch;
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    const response = await fetchAsBefore(url, init);
    let done = 0;
    const counting = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        controller.enqueue(chunk);
        done += chunk.length;
        if (done === numBytes) then();
      },
    });
    return new Response(response.body?.pipeThrough(counting), response);
  });
}

async function expectNothingStored() {
  expect(await database.count('bases')).toBe(0);
  expect(await database.count('downloads')).toBe(0);
}

describe('downloadBase', () => {
  it('refuses another network than the catalogue means, and keeps nothing of it', async () => {
    serveFolder('public/bases/starter');
    await expect(download()).rejects.toMatchObject({ code: 'base-hash-mismatch' });
    await expectNothingStored();
  });

  it('refuses far more bytes than expected before they fill the storage', async () => {
    server.files.set('model.json', new Uint8Array(5e6));
    await expect(download()).rejects.toMatchObject({ code: 'base-invalid' });
    await expectNothingStored();
  });

  it('refuses what is no model, and keeps nothing of it', async () => {
    server.files.set('model.json', new TextEncoder().encode('<html>'));
    await expect(download()).rejects.toMatchObject({ code: 'base-invalid' });
    await expectNothingStored();
  });

  it('says when the address has nothing, or cannot be reached', async () => {
    const unreachable = { code: 'base-unreachable', details: { host: 'storage.googleapis.com' } };
    await expect(download()).rejects.toMatchObject(unreachable);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(download()).rejects.toMatchObject(unreachable);
    await expectNothingStored();
  });
});

describe.skipIf(assets === undefined)('downloadBase of the real one (needs GRAFT_ASSETS)', () => {
  beforeEach(() => {
    serveFolder(join(assets ?? '', 'weights/mobilenet_v2_0.35_224'));
  });

  it('stores it with its files, which then load without the network', async () => {
    const report = vi.fn();
    await expect(services.loadBase(baseId)).rejects.toMatchObject({ code: 'base-not-stored' });
    const { base } = await download(undefined, report);
    expect(base).toMatchObject({ id: baseId, isVerified: true, sizeBytes: 1_739_692 });
    expect(report).toHaveBeenCalled();
    const stored = await getStoredBase(database, baseId);
    expect(stored?.files.map(({ name }) => name)).toEqual(['model.json', 'weights.bin']);
    expect(await listDownloads(database)).toEqual([]);
    await server.close();
    expect((await services.loadBase(baseId)).network).toHaveProperty('layers.length', 155);
  });

  it('refuses it when one bit was changed on the way, and keeps nothing of it', async () => {
    const changed = Uint8Array.from(server.files.get('weights.bin') ?? []);
    changed[1000] = (changed[1000] ?? 0) ^ 1;
    server.files.set('weights.bin', changed);
    await expect(download()).rejects.toMatchObject({ code: 'base-hash-mismatch' });
    await expectNothingStored();
  });

  it('goes on after it was cancelled, also in another session', async () => {
    server.breaksAfterBytes = 500_000;
    server.isStalling = true;
    const controller = new AbortController();
    afterBytes(500_000, () => setTimeout(() => controller.abort(), 50));
    await expect(download(controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await listDownloads(database)).toEqual([
      { source: baseId, bytesKept: 98_860 + 500_000 },
    ]);
    server.breaksAfterBytes = null;
    await download();
    expect(server.requests.slice(0, 2)).toEqual(['model.json', 'weights.bin']);
    expect(server.requests[2]).toBe('weights.bin bytes=500000-');
    expect(server.requests).toHaveLength(3);
  });

  it('goes on after the connection broke, and starts a file over that has changed', async () => {
    server.breaksAfterBytes = 500_000;
    await expect(download()).rejects.toMatchObject({ code: 'base-unreachable' });
    server.breaksAfterBytes = null;
    server.etag = '"2"';
    await download();
    expect(server.requests.at(-1)).toBe('weights.bin');
    expect(await database.count('bases')).toBe(1);
  });
});
