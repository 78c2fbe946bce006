import { describe, expect, it, vi } from 'vitest';
import type { BaseMethods, ImportedBase } from '../bridge/protocol.ts';
import { findOffer, STARTER_BASE } from '../catalogue/bases.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { BaseId } from '../domain/ids.ts';
import { putStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';
import { addPart } from '../storage/downloads.ts';
import type { AppStore } from './store.ts';
import { openStore } from './storeFixture.ts';

const id = 'mobilenet-v2-0.35-224' as BaseId;
const better = findOffer(id) as BaseModel;
const own: BaseModel = {
  ...STARTER_BASE,
  id: 'imported-1' as BaseId,
  name: 'Mine',
  origin: 'imported',
};

function store(database: Database, base: BaseModel) {
  const files = [{ name: 'model.json', blob: new Blob(['12345']) }];
  return putStoredBase(database, { id: base.id, base, files, storedAt: 1 }, null);
}

function part(source: string) {
  const common = { validator: null, isLast: false } as const;
  return { source, address: 'a', start: 0, bytes: new Blob(['123']), ...common };
}

const known = (appStore: AppStore, baseId: BaseId) =>
  appStore.getState().bases.find(({ base }) => base.id === baseId);

describe('loadBases', () => {
  it('tells what is ready, what is stored, what was stopped and what can be had', async () => {
    const { store: appStore, database } = await openStore();
    await store(database, better);
    await store(database, own);
    await addPart(database, part('vgg16'));
    await addPart(database, part('https://storage.googleapis.com/x.h5'));
    await appStore.getState().loadBases();
    const { bases, stoppedDownloads } = appStore.getState();
    expect(bases[0]?.base).toBe(STARTER_BASE);
    expect(bases[0]?.availability).toEqual({ status: 'ready', storedBytes: null });
    expect(bases.at(-1)).toEqual({
      base: own,
      model: own,
      availability: { status: 'ready', storedBytes: 5 },
    });
    expect(known(appStore, id)?.availability).toEqual({ status: 'ready', storedBytes: 5 });
    expect(known(appStore, 'vgg16' as BaseId)?.availability).toEqual({
      status: 'not-stored',
      bytesKept: 3,
    });
    expect(stoppedDownloads).toEqual([
      { url: 'https://storage.googleapis.com/x.h5', bytesKept: 3 },
    ]);
  });
});

describe('bases beside the app', () => {
  it('are ready at once, in place of their offers', async () => {
    const bundled: BaseModel = { ...own, id: 'vgg16' as BaseId, origin: 'bundled' };
    const { store: appStore } = await openStore({}, {}, [bundled]);
    await appStore.getState().loadBases();
    const vgg16 = appStore.getState().bases.filter(({ base }) => base.id === 'vgg16');
    expect(vgg16).toEqual([
      { base: bundled, model: bundled, availability: { status: 'ready', storedBytes: null } },
    ]);
  });
});

describe('downloadBase', () => {
  it('shows how far it is, and takes the base into use where nothing was trained yet', async () => {
    const shown: unknown[] = [];
    let stored = Promise.resolve();
    const fixture = await openStore({
      downloadBase: async (_, { onProgress }) => {
        onProgress?.({ bytesDone: 1, bytesTotal: 2 });
        await stored;
        return { base: better };
      },
    });
    const { store: appStore, database } = fixture;
    stored = store(database, better);
    appStore.subscribe(() => shown.push(known(appStore, id)?.availability));
    await appStore.getState().downloadBase(id);
    expect(shown).toContainEqual(
      expect.objectContaining({ status: 'downloading', bytesDone: 1, bytesTotal: 2 }),
    );
    expect(known(appStore, id)?.availability.status).toBe('ready');
    expect(appStore.getState().project?.baseId).toBe(id);
  });

  it('offers to go on after it was cancelled', async () => {
    const fixture = await openStore({
      downloadBase: async (_, { signal }) => {
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
        throw new GraftError('cancelled', 'Cancelled');
      },
    });
    const { store: appStore, database } = fixture;
    const downloading = appStore.getState().downloadBase(id);
    expect(known(appStore, id)?.availability.status).toBe('downloading');
    await addPart(database, part(id));
    await appStore.getState().loadBases();
    expect(known(appStore, id)?.availability.status).toBe('downloading');
    appStore.getState().cancelDownload(id);
    await downloading;
    expect(known(appStore, id)?.availability).toEqual({ status: 'not-stored', bytesKept: 3 });
  });

  it('says why it failed', async () => {
    const failing = () => Promise.reject(new GraftError('base-hash-mismatch', 'Other'));
    const { store: appStore } = await openStore({ downloadBase: failing });
    await appStore.getState().downloadBase(id);
    expect(known(appStore, id)?.availability).toMatchObject({
      status: 'failed',
      failure: { code: 'base-hash-mismatch' },
      bytesKept: 0,
    });
    expect(appStore.getState().project?.baseId).toBe('starter');
  });
});

describe('importBase', () => {
  const imported: ImportedBase = { base: own, wasKnown: false, classNames: ['a'] };
  const files = [new File(['x'], 'mine.h5')];

  it('gives the base and lists it', async () => {
    let database: Database | null = null;
    const importBase: () => Promise<BaseMethods['importBase']['result']> = async () => {
      if (database !== null) await store(database, own);
      return imported;
    };
    const fixture = await openStore({ importBase });
    database = fixture.database;
    const { store: appStore } = fixture;
    expect(await appStore.getState().importBase(files)).toEqual(imported);
    expect(appStore.getState().baseImport).toEqual({ status: 'idle' });
    expect(known(appStore, own.id)?.model).toEqual(own);
  });

  it('keeps the failure until it is dismissed', async () => {
    const details = { layer: 'attention', className: 'MultiHeadAttention', file: 'mine.h5' };
    const failing = () => Promise.reject(new GraftError('unsupported-layer', 'No', details));
    const { store: appStore } = await openStore({ importBase: failing });
    expect(await appStore.getState().importBase(files)).toBeNull();
    const failure = { code: 'unsupported-layer', details };
    expect(appStore.getState().baseImport).toMatchObject({
      status: 'failed',
      name: 'mine.h5',
      failure,
    });
    appStore.getState().dismissImport();
    expect(appStore.getState().baseImport).toEqual({ status: 'idle' });
  });
});

describe('addBaseFromUrl', () => {
  it('shows progress, and stops when told', async () => {
    const addBaseFromUrl = vi.fn(
      async (...[, { onProgress, signal }]: Parameters<NonNullable<Answer>>) => {
        onProgress?.({ bytesDone: 1, bytesTotal: 0 });
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
        throw new GraftError('cancelled', 'Cancelled');
      },
    );
    const { store: appStore } = await openStore({ addBaseFromUrl });
    const adding = appStore.getState().addBaseFromUrl('https://a.b/c.h5', true);
    await vi.waitFor(() =>
      expect(appStore.getState().baseImport).toMatchObject({
        status: 'running',
        name: 'https://a.b/c.h5',
        progress: { bytesDone: 1, bytesTotal: 0 },
      }),
    );
    appStore.getState().cancelImport();
    expect(await adding).toBeNull();
    expect(appStore.getState().baseImport).toEqual({ status: 'idle' });
    const params = { url: 'https://a.b/c.h5', isHeadless: true };
    expect(addBaseFromUrl.mock.calls[0]?.[0]).toEqual(params);
  });
});

type Answer = NonNullable<Parameters<typeof openStore>[0]>['addBaseFromUrl'];
