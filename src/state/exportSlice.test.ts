import { expect, it } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { listSamples } from '../storage/samples.ts';
import { fileAt, openStore } from './storeFixture.ts';

const files = [fileAt('a/1.jpg'), fileAt('a/2.jpg'), fileAt('b/3.jpg')];

async function savedProject(): Promise<File> {
  const { store } = await openStore();
  await store.getState().addFiles(files, null);
  const saved = await store.getState().saveProject();
  if (saved === null) throw new Error('not saved');
  return new File([saved.blob], saved.fileName);
}

it('opens a saved project in another database with classes and photos', async () => {
  const file = await savedProject();
  expect(file.name).toBe('Flowers.graft');
  const { store, database } = await openStore();
  const id = await store.getState().openArchive(file);
  if (id === null) throw new Error('not opened');
  expect(await listSamples(database, id)).toHaveLength(3);
  expect(await store.getState().openProject(id)).toBe(true);
  expect(store.getState().project?.classLabels.map(({ name }) => name)).toEqual(['a', 'b']);
});

it('shows nothing of a project whose opening was interrupted', async () => {
  const file = await savedProject();
  const { store } = await openStore({
    checkPhotos: () => Promise.reject(new GraftError('quota-exceeded', 'Full')),
  });
  expect(await store.getState().openArchive(file)).toBeNull();
  expect(store.getState().saving).toMatchObject({ failure: { code: 'quota-exceeded' } });
  await store.getState().loadSummaries();
  expect(store.getState().summaries).toHaveLength(1);
});

it('refuses a file that is no project with a sentence about it', async () => {
  const { store } = await openStore();
  expect(await store.getState().openArchive(new File(['nonsense'], 'x.graft'))).toBeNull();
  expect(store.getState().saving).toMatchObject({ failure: { code: 'archive-invalid' } });
});
