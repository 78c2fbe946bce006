import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BaseId } from '../domain/ids.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { downloadBase } from './downloadBase.ts';
import { createBaseLoader } from './loadedBase.ts';
import type { Services } from './services.ts';

const assets = process.env['GRAFT_ASSETS'];
const STARTER_FILES = 'public/bases/starter';
const baseId = 'mobilenet-v2-0.35-224' as BaseId;

let database: Database;
let numDatabases = 0;

beforeEach(async () => {
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  database = await openDatabase(`download ${++numDatabases}`);
});

/** Answers every address with the file of that name in `folder`. */
function serveFiles(folder: string) {
  vi.stubGlobal('fetch', (url: URL) => {
    const name = url.pathname.split('/').at(-1) ?? '';
    return Promise.resolve(new Response(readFileSync(join(folder, name))));
  });
}

function download(signal = new AbortController().signal, report = vi.fn()) {
  return downloadBase({ database } as Services, { baseId }, { signal, report });
}

async function expectNothingStored() {
  expect(await database.count('bases')).toBe(0);
}

describe('downloadBase', () => {
  it('refuses another network than the catalogue means, and keeps nothing of it', async () => {
    serveFiles(STARTER_FILES);
    await expect(download()).rejects.toMatchObject({ code: 'base-hash-mismatch' });
    await expectNothingStored();
  });

  it('refuses far more bytes than expected before they fill the memory', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(2 ** 20)),
    });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(endless)));
    await expect(download()).rejects.toMatchObject({ code: 'base-invalid' });
    await expectNothingStored();
  });

  it('says when the address cannot be reached, or has nothing there', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(download()).rejects.toMatchObject({
      code: 'base-unreachable',
      details: { host: 'storage.googleapis.com' },
    });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('gone', { status: 404 })));
    await expect(download()).rejects.toMatchObject({ code: 'base-unreachable' });
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    vi.stubGlobal('fetch', () => Promise.reject(new DOMException('Stopped', 'AbortError')));
    await expect(download(controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
    await expectNothingStored();
  });

  it.skipIf(assets === undefined)(
    'stores the right one, which then loads without the network (needs GRAFT_ASSETS)',
    async () => {
      serveFiles(join(assets ?? '', 'weights/mobilenet_v2_0.35_224'));
      const report = vi.fn();
      const load = createBaseLoader(database);
      await expect(load(baseId)).rejects.toMatchObject({ code: 'base-not-stored' });
      expect(await download(undefined, report)).toEqual({ sizeBytes: 1_739_692 });
      expect(report).toHaveBeenCalled();
      vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Offline')));
      expect((await load(baseId)).network.layers).toHaveLength(155);
    },
  );
});
