import { expect, it, vi } from 'vitest';
import type { BaseMethods } from '../bridge/protocol.ts';
import { STARTER_BASE } from '../catalogue/bases.ts';
import { baseIdOf } from '../domain/baseIdOf.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { Sha256 } from '../domain/ids.ts';
import { DEFAULT_SCRATCH_FIT } from '../domain/scratchFit.ts';
import { DEFAULT_TWO_CONVOLUTIONS, FROZEN_CUT } from '../domain/twoConvolutions.ts';
import { putStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';
import { fileAt, openStore } from './storeFixture.ts';

type StoreBase = (
  params: BaseMethods['storeTrainedBase']['params'],
) => Promise<BaseMethods['storeTrainedBase']['result']>;

const graphHash = '12'.repeat(32) as Sha256;
const own: BaseModel = {
  ...STARTER_BASE,
  id: baseIdOf(graphHash),
  graphHash,
  name: 'Mine',
  origin: 'trained',
  defaultCut: FROZEN_CUT,
  training: {
    projectName: 'Digits',
    classNames: ['0', '1'],
    settings: DEFAULT_TWO_CONVOLUTIONS,
    fit: DEFAULT_SCRATCH_FIT,
    validationAccuracy: 0.5,
  },
};
const files = [
  { name: 'model.json', blob: new Blob(['{}']) },
  { name: 'weights.bin', blob: new Blob(['weights']) },
];

function keep(database: Database, base: BaseModel): Promise<void> {
  return putStoredBase(database, { id: base.id, base, files, storedAt: 1 }, null);
}

/** Of a project with one photo on the base. */
async function archiveOn(base: BaseModel): Promise<File> {
  const { store, database } = await openStore();
  await keep(database, base);
  await store.getState().loadBases();
  await store.getState().setBase(base.id);
  await store.getState().addFiles([fileAt('a/1.jpg')], null);
  const saved = await store.getState().saveProject();
  if (saved === null) throw new Error('not saved');
  return new File([saved.blob], saved.fileName);
}

it('takes a base that was trained here to where it is not', async () => {
  const file = await archiveOn(own);
  const storeTrainedBase = vi.fn<StoreBase>(() => Promise.resolve({ base: own }));
  const { store } = await openStore({ storeTrainedBase });
  expect(await store.getState().openArchive(file)).not.toBeNull();
  const [{ files: stored, ...params }] = storeTrainedBase.mock.calls[0] ?? [{ files: [] }];
  expect(params).toEqual({ name: 'Mine', training: own.training, graphHash });
  const texts = stored.map(async ({ path, bytes }) => [path, await bytes.text()]);
  expect(await Promise.all(texts)).toEqual([
    ['model.json', '{}'],
    ['weights.bin', 'weights'],
  ]);
});

it('leaves one that is there already as it is', async () => {
  const file = await archiveOn(own);
  const storeTrainedBase = vi.fn<StoreBase>();
  const { store, database } = await openStore({ storeTrainedBase });
  await keep(database, { ...own, name: 'Known by another name' });
  expect(await store.getState().openArchive(file)).not.toBeNull();
  expect(storeTrainedBase).not.toHaveBeenCalled();
});

it('takes no other base along', async () => {
  const file = await archiveOn({ ...STARTER_BASE, id: own.id, origin: 'imported' });
  const { store } = await openStore();
  expect(await store.getState().openArchive(file)).not.toBeNull();
});

it('opens nothing of an archive whose base is not what it should be', async () => {
  const file = await archiveOn(own);
  const refused = new GraftError('base-hash-mismatch', 'Other weights', { base: 'Mine' });
  const { store } = await openStore({ storeTrainedBase: () => Promise.reject(refused) });
  expect(await store.getState().openArchive(file)).toBeNull();
  expect(store.getState().saving).toMatchObject({
    failure: { code: 'archive-invalid', details: { entry: `bases/${graphHash}` } },
  });
  await store.getState().loadSummaries();
  expect(store.getState().summaries).toHaveLength(1);
});
