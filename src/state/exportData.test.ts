import { expect, it, vi } from 'vitest';
import type { DataMethods } from '../bridge/dataMethods.ts';
import { GraftError } from '../domain/errors.ts';
import type { DataFormat } from '../domain/exportFormat.ts';
import type { HeadId, SampleId, Sha256 } from '../domain/ids.ts';
import { allOf } from '../intake/intakeFixture.ts';
import { listZip } from '../intake/zipReading.ts';
import { putActivations } from '../storage/activations.ts';
import type { Database } from '../storage/database.ts';
import { imageOf, sampleOf } from '../storage/rowsFixture.ts';
import { addSamples } from '../storage/samples.ts';
import { exampleRun } from './stateFixture.tsx';
import { openStore } from './storeFixture.ts';

const files = [
  { path: 'vectors.tsv', bytes: new Blob(['1\t2\n']) },
  { path: 'metadata.tsv', bytes: new Blob(['x\n']) },
];

interface Asked {
  embedded: readonly Sha256[];
  drawn: readonly Sha256[];
  written: readonly SampleId[];
  compared: readonly string[];
}

async function storeActivations(database: Database, imageHashes: readonly Sha256[]) {
  const { graphHash, cut, preprocessing } = exampleRun('run-1').classifier;
  const space = { graphHash, cut, preprocessing, view: 'original' } as const;
  const batch = imageHashes.map((imageHash) => ({ imageHash, values: new Uint16Array(2) }));
  await putActivations(database, space, batch);
}

/** Photos `cached`, whose activation is stored; `absent`; `deleted`; and `broken`, which cannot be read. */
async function exportWith(
  format: DataFormat,
  ids: readonly string[] = ['cached', 'absent', 'deleted', 'broken'],
  compare: () => Promise<{ readonly numValues: number }> = () => Promise.resolve({ numValues: 8 }),
) {
  const asked: Asked = { embedded: [], drawn: [], written: [], compared: [] };
  const exportData = vi.fn((params: DataMethods['exportData']['params']) => {
    asked.written = params.sampleIds;
    return Promise.resolve({ files });
  });
  const { store, database, projectId } = await openStore(
    {
      embedSamples: async ({ imageHashes }) => {
        asked.embedded = imageHashes;
        await storeActivations(
          database,
          imageHashes.filter((hash) => hash !== 'broken'),
        );
        return {} as never;
      },
      drawSprite: ({ imageHashes }) => {
        asked.drawn = imageHashes;
        return Promise.resolve({ sprite: new Blob(['png']) });
      },
    },
    { exportData },
    [],
    {
      compareData: (params) => {
        asked.compared = params.files.map(({ path }) => path);
        return compare();
      },
    },
  );
  const samples = ids.map((id) =>
    sampleOf(id, projectId, id, { deletedAt: id === 'deleted' ? 1 : null }),
  );
  await addSamples(
    database,
    samples,
    ids.map((id) => imageOf(id)),
  );
  await storeActivations(database, ['cached' as Sha256]);
  const run = {
    ...exampleRun('run-1'),
    projectId,
    headId: 'head' as HeadId,
    samples: samples.map(({ id, imageHash }) => ({
      sampleId: id,
      imageHash,
      classIndex: 0,
      part: 'train' as const,
    })),
  };
  const file = await store.getState().exportModel(run, format);
  return { file, asked, store };
}

it('computes what is missing, leaves out what is gone, and says how many', async () => {
  const { file, asked, store } = await exportWith('projector');
  expect(asked).toEqual({
    embedded: ['absent', 'broken'],
    drawn: ['cached', 'absent'],
    written: ['cached', 'absent'],
    compared: ['vectors.tsv', 'metadata.tsv', 'sprite.png'],
  });
  expect(store.getState().proof).toEqual({
    format: 'projector',
    headId: 'head',
    numValues: 8,
    numLeftOut: 2,
  });
  expect(file?.fileName).toBe('Flowers-projector.zip');
  const zipped = await allOf(listZip(file?.blob ?? new Blob()));
  expect(zipped.map(({ path }) => path)).toEqual(['vectors.tsv', 'metadata.tsv', 'sprite.png']);
});

it('asks for no photos where a file is not about them', async () => {
  const { asked, store } = await exportWith('safetensors');
  expect(asked).toMatchObject({ embedded: [], drawn: [], written: [] });
  expect(store.getState().proof).toMatchObject({ numLeftOut: 0 });
});

it('says so where no photo is left', async () => {
  const { file, store } = await exportWith('activations-npz', ['deleted']);
  expect(file).toBeNull();
  expect(store.getState().saving).toMatchObject({ failure: { code: 'no-photos-left' } });
});

it('saves nothing that differs from what is stored', async () => {
  const differs = new GraftError('data-differs', '', { different: 1, values: 8 });
  const { file, store } = await exportWith('activations-npz', ['cached'], () =>
    Promise.reject(differs),
  );
  expect(file).toBeNull();
  expect(store.getState().proof).toBeNull();
  expect(store.getState().saving).toMatchObject({ failure: { code: 'data-differs' } });
});
