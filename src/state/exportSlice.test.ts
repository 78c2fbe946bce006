import { expect, it } from 'vitest';
import { DEFAULT_AUGMENTATION } from '../domain/augmentation.ts';
import { GraftError } from '../domain/errors.ts';
import type { ProjectId } from '../domain/ids.ts';
import { allOf, zipOf } from '../intake/intakeFixture.ts';
import { listZip } from '../intake/zipReading.ts';
import { getProject } from '../storage/projects.ts';
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

it('refuses hostile settings with a sentence, and leaves what is there as it was', async () => {
  const { store } = await openStore();
  await store.getState().addFiles(files, null);
  await store.getState().setAugmentation({ ...DEFAULT_AUGMENTATION, numViews: 3 });
  await store.getState().setAveraging('crops');
  const saved = await store.getState().saveProject();
  const { database, store: other, projectId } = await openStore();
  await other.getState().setAveraging('mirror');
  const before = await getProject(database, projectId);
  const zipped = await allOf(listZip(saved?.blob ?? new Blob()));
  const hostile = await zipOf(
    await Promise.all(
      zipped.map(async (file) => {
        const text = await (await file.read('')).text();
        const content = text.replace('"numViews":3', '"numViews":1000000000000');
        return { path: file.path, content };
      }),
    ),
  );
  expect(await other.getState().openArchive(new File([hostile], 'x.graft'))).toBeNull();
  expect(other.getState().saving).toMatchObject({
    failure: { code: 'archive-invalid', details: { entry: 'project.json' } },
  });
  expect(await getProject(database, projectId)).toEqual(before);
  expect(await database.count('projects')).toBe(1);
});

it('brings back augmentation and averaging', async () => {
  const { store } = await openStore();
  const augmentation = { ...DEFAULT_AUGMENTATION, numViews: 3, erasing: 0.25 };
  await store.getState().setAugmentation(augmentation);
  await store.getState().setAveraging('mirror-and-crops');
  const saved = await store.getState().saveProject();
  const { store: other } = await openStore();
  const id = await other.getState().openArchive(new File([saved?.blob ?? ''], 'x.graft'));
  await other.getState().openProject(id ?? ('' as ProjectId));
  expect(other.getState().project).toMatchObject({ augmentation, averaging: 'mirror-and-crops' });
});

it('refuses a file that is no project with a sentence about it', async () => {
  const { store } = await openStore();
  expect(await store.getState().openArchive(new File(['nonsense'], 'x.graft'))).toBeNull();
  expect(store.getState().saving).toMatchObject({ failure: { code: 'archive-invalid' } });
});
