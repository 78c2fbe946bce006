import { expect, it, vi } from 'vitest';
import type { BaseMethods, EmbedReport } from '../bridge/protocol.ts';
import { DEFAULT_AUGMENTATION } from '../domain/augmentation.ts';
import { GraftError } from '../domain/errors.ts';
import { listRuns } from '../storage/runs.ts';
import { fileAt, openStore, report, trainedHead } from './storeFixture.ts';

const embedded: EmbedReport = {
  computed: 4,
  reused: 0,
  failed: [],
  durationMs: 1,
  backend: report,
};
const files = ['a/1', 'a/2', 'b/3', 'b/4'].map((path) => fileAt(`photos/${path}.jpg`));

it('records what the run was trained on and shows the newest run', async () => {
  const { store, database, projectId } = await openStore(
    { embedSamples: () => Promise.resolve(embedded) },
    { trainHead: () => Promise.resolve(trainedHead) },
  );
  await store.getState().addFiles(files, null);
  await store.getState().startTraining();
  const [run] = await listRuns(database, projectId);
  expect(run?.status).toBe('completed');
  expect(run?.samples.map(({ part }) => part).toSorted()).toEqual([
    'train',
    'train',
    'validation',
    'validation',
  ]);
  expect(run?.classifier.labels.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(store.getState().selectedRunId).toBe(run?.id);
  expect(store.getState().lastEmbedding).toEqual({ computed: 4, reused: 0 });
});

it('asks for views of the photos that are trained on, and remembers them with the run', async () => {
  const embedSamples = vi.fn<
    (params: BaseMethods['embedSamples']['params']) => Promise<EmbedReport>
  >(() => Promise.resolve(embedded));
  const { store, database, projectId } = await openStore(
    { embedSamples },
    { trainHead: () => Promise.resolve(trainedHead) },
  );
  await store.getState().addFiles(files, null);
  await store.getState().startTraining();
  expect(embedSamples.mock.calls[0]?.[0].views).toBeUndefined();
  const augmentation = { ...DEFAULT_AUGMENTATION, numViews: 3 };
  await store.getState().setAugmentation(augmentation);
  await store.getState().startTraining();
  const [run, before] = await listRuns(database, projectId);
  const train = run?.samples.filter(({ part }) => part === 'train') ?? [];
  expect(train).toHaveLength(2);
  expect(embedSamples.mock.calls[1]?.[0].views).toEqual({
    augmentation,
    imageHashes: train.map(({ imageHash }) => imageHash),
  });
  expect(run?.augmentation).toEqual(augmentation);
  expect(before?.augmentation).toBeUndefined();
});

it('leaves photos that cannot be computed out of the run', async () => {
  const embedSamples = ({ imageHashes }: BaseMethods['embedSamples']['params']) => {
    const failed = imageHashes
      .slice(0, 1)
      .map((imageHash) => ({ imageHash, problem: 'damaged' as const }));
    return Promise.resolve({ ...embedded, failed });
  };
  const { store } = await openStore(
    { embedSamples },
    { trainHead: () => Promise.resolve(trainedHead) },
  );
  await store.getState().addFiles(files, null);
  await store.getState().startTraining();
  expect(store.getState().runs[0]?.samples).toHaveLength(3);
});

it('names a class without photos before anything is computed', async () => {
  const embedSamples = vi.fn(() => Promise.resolve(embedded));
  const { store } = await openStore({ embedSamples });
  await store.getState().addFiles(files, null);
  await store.getState().addClass('empty');
  await store.getState().startTraining();
  expect(store.getState().training).toMatchObject({
    status: 'failed',
    failure: { code: 'class-without-photos', details: { name: 'empty' } },
  });
  expect(embedSamples).not.toHaveBeenCalled();
});

it('keeps a cancelled run as cancelled and is ready for the next', async () => {
  const trainHead = (_: unknown, { signal }: { signal?: AbortSignal }) =>
    new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new GraftError('cancelled', 'Cancelled'));
      });
    });
  const { store } = await openStore(
    { embedSamples: () => Promise.resolve(embedded) },
    { trainHead },
  );
  await store.getState().addFiles(files, null);
  const training = store.getState().startTraining();
  await vi.waitFor(() => {
    expect(store.getState().training.status).toBe('fitting');
  });
  store.getState().cancelTraining();
  await training;
  expect(store.getState().runs[0]?.status).toBe('cancelled');
  expect(store.getState().training).toEqual({ status: 'idle' });
});
