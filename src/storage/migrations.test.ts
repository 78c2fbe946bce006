import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { activationSpaceId } from '../domain/activationKey.ts';
import type { BaseId, HeadId, ProjectId, RunId, Sha256 } from '../domain/ids.ts';
import { getStoredBase } from './bases.ts';
import { openDatabase } from './database.ts';
import { putProject } from './projects.ts';
import { projectOf } from './rowsFixture.ts';
import { DATABASE_VERSION } from './schema.ts';

it('makes every store and index from nothing', async () => {
  const database = await openDatabase('from-nothing');
  expect(database.version).toBe(DATABASE_VERSION);
  expect([...database.objectStoreNames]).toEqual([
    'activations',
    'backendReports',
    'bases',
    'checkpoints',
    'downloads',
    'heads',
    'images',
    'projects',
    'runs',
    'samples',
    'thumbnails',
  ]);
  const samples = database.transaction('samples').store;
  expect([...samples.indexNames]).toEqual(['by-image', 'by-project']);
  expect([...database.transaction('runs').store.indexNames]).toEqual(['by-project']);
});

/** Rows as version 1 wrote them; its stores were those of today. */
async function openVersion1(name: string): Promise<void> {
  const former = await openDB(name, 1, {
    upgrade: (database) => {
      for (const store of ['projects', 'runs', 'heads', 'bases']) {
        database.createObjectStore(store, { keyPath: 'id' });
      }
    },
  });
  const classifier = {
    baseId: 'starter',
    graphHash: 'f'.repeat(64),
    cutPosition: 154,
    pooling: 'global-average',
    preprocessing: {
      version: 1,
      inputHeight: 128,
      inputWidth: 128,
      framing: 'padded',
      scale: 1 / 127.5,
      offset: -1,
    },
    labels: [],
  };
  await former.put('projects', { ...projectOf('old'), cut: undefined, cutPosition: 154 });
  await former.put('runs', { id: 'run', projectId: 'old', classifier });
  await former.put('heads', { id: 'head', classifier });
  await former.put('bases', {
    id: 'mobilenet-v2-0.35-224',
    modelJson: JSON.stringify({
      modelTopology: {},
      weightsManifest: [
        { paths: ['a.bin', 'b.bin'], weights: [{ name: 'first' }] },
        { paths: ['c.bin'], weights: [{ name: 'second' }] },
      ],
    }),
    weights: new Uint8Array([1, 2, 3]).buffer,
    storedAt: 7,
  });
  former.close();
}

it('says the cut and the pixel range of version 1 in today’s terms', async () => {
  await openVersion1('of-version-1');
  const database = await openDatabase('of-version-1');
  const cut = { positions: [154], pooling: 'global-average' };
  const project = await database.get('projects', 'old' as ProjectId);
  expect(project).toEqual({ ...projectOf('old'), cut });
  const run = await database.get('runs', 'run' as RunId);
  const head = await database.get('heads', 'head' as HeadId);
  expect(run?.classifier).toEqual({
    baseId: 'starter',
    graphHash: 'f'.repeat(64),
    cut,
    preprocessing: {
      version: 1,
      inputHeight: 128,
      inputWidth: 128,
      framing: 'padded',
      channelOrder: 'rgb',
      scale: [1 / 127.5],
      offset: [-1],
    },
    labels: [],
  });
  expect(head?.classifier).toEqual(run?.classifier);
});

it('keeps the base that version 1 had downloaded, as files', async () => {
  await openVersion1('base-of-version-1');
  const database = await openDatabase('base-of-version-1');
  const stored = await getStoredBase(database, 'mobilenet-v2-0.35-224' as BaseId);
  expect(stored).toMatchObject({ base: { id: stored?.id, isVerified: true }, storedAt: 7 });
  const [model, weights] = stored?.files ?? [];
  expect(stored?.files.map(({ name }) => name)).toEqual(['model.json', 'weights.bin']);
  expect(JSON.parse((await model?.blob.text()) ?? '')).toEqual({
    modelTopology: {},
    weightsManifest: [{ paths: ['weights.bin'], weights: [{ name: 'first' }, { name: 'second' }] }],
  });
  expect([...new Uint8Array((await weights?.blob.arrayBuffer()) ?? [])]).toEqual([1, 2, 3]);
});

it('finds activations of version 1 under the same key', () => {
  const preprocessing = {
    version: 1,
    inputHeight: 128,
    inputWidth: 128,
    framing: 'padded',
    channelOrder: 'rgb',
    scale: [0.5],
    offset: [-1],
  } as const;
  const cut = { positions: [154], pooling: 'global-average' } as const;
  const space = { graphHash: 'abc' as Sha256, cut, preprocessing, view: 'original' } as const;
  expect(activationSpaceId(space)).toBe('abc|154|global-average|1,128,128,padded,0.5,-1|original');
});

it('leaves a database as it was when a row cannot be read', async () => {
  const former = await openDB('of-another', 1, {
    upgrade: (database) => {
      for (const store of ['projects', 'runs', 'heads', 'bases']) {
        database.createObjectStore(store, { keyPath: 'id' });
      }
    },
  });
  await former.put('runs', { id: 'run without a classifier' });
  former.close();
  await expect(openDatabase('of-another')).rejects.toThrow();
  const again = await openDB('of-another');
  expect(again.version).toBe(1);
  again.close();
});

it('leaves a database that it cannot migrate as it was', async () => {
  const former = await openDB('damaged', 1, {
    upgrade: (database) => {
      for (const store of ['projects', 'runs', 'heads', 'bases']) {
        database.createObjectStore(store, { keyPath: 'id' });
      }
    },
  });
  await former.put('projects', { ...projectOf('old'), cut: undefined, cutPosition: 154 });
  await former.put('runs', { id: 'run', classifier: null });
  former.close();
  await expect(openDatabase('damaged')).rejects.toThrow();
  const again = await openDB('damaged');
  expect(again.version).toBe(1);
  expect(await again.get('projects', 'old')).toHaveProperty('cutPosition', 154);
});

it('leaves a database of today as it is', async () => {
  const first = await openDatabase('of-today');
  await putProject(first, projectOf('kept'));
  first.close();
  const again = await openDatabase('of-today');
  expect(await again.getAllKeys('projects')).toEqual(['kept']);
});

it('gives way to a newer app in another tab', async () => {
  const older = await openDatabase('of-two-tabs');
  const request = indexedDB.open('of-two-tabs', DATABASE_VERSION + 1);
  await new Promise((resolve, reject) => {
    request.onsuccess = resolve;
    request.onerror = reject;
  });
  expect(() => older.transaction('projects')).toThrow();
});
