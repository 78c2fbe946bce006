import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
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
