import { expect, it } from 'vitest';
import type { EmbedReport, HeadMethods } from '../bridge/protocol.ts';
import { DEFAULT_GRADIENT_CONFIG } from '../domain/headConfig.ts';
import type { TrainingRun } from '../domain/trainingRun.ts';
import { putCheckpoint } from '../storage/checkpoints.ts';
import { listRuns, putRun } from '../storage/runs.ts';
import { fileAt, openStore, report, trainedHead } from './storeFixture.ts';

const embedded: EmbedReport = {
  computed: 4,
  reused: 0,
  failed: [],
  durationMs: 1,
  backend: report,
};
const files = ['a/1', 'a/2', 'b/3', 'b/4'].map((path) => fileAt(`photos/${path}.jpg`));

const EPOCH = {
  epoch: 1,
  loss: 1,
  accuracy: 0.5,
  validationLoss: null,
  validationAccuracy: null,
  durationMs: 1,
};

/** A store whose trainings come to `results`, one after the other; `given` are the runs that they were for. */
async function openTraining(results: readonly HeadMethods['trainHead']['result'][]) {
  const given: TrainingRun[] = [];
  const discarded: string[] = [];
  const opened = await openStore(
    { embedSamples: () => Promise.resolve(embedded) },
    {
      trainHead: ({ run }) => {
        given.push(run);
        return Promise.resolve(results[given.length - 1] ?? trainedHead);
      },
      discardCheckpoint: ({ runId }) => {
        discarded.push(runId);
        return Promise.resolve(null);
      },
    },
  );
  await opened.store.getState().addFiles(files, null);
  await opened.store.getState().setHeadConfig(DEFAULT_GRADIENT_CONFIG);
  return { ...opened, given, discarded };
}

it('keeps a paused run, and trains the same one when it goes on', async () => {
  const { store, given } = await openTraining([{ status: 'paused', epochs: [EPOCH] }]);
  await store.getState().startTraining();
  const [paused] = store.getState().runs;
  expect(paused).toMatchObject({ status: 'paused', epochs: [EPOCH] });
  expect(store.getState().selectedRunId).toBeNull();
  if (paused === undefined) return;
  await store.getState().goOn(paused.id);
  expect(given[1]).toMatchObject({ id: paused.id, samples: paused.samples, status: 'running' });
  expect(store.getState().runs).toHaveLength(1);
  expect(store.getState().runs[0]?.status).toBe('completed');
});

it('offers a run that was going when its tab went away, and gives it up if asked', async () => {
  const { store, database, projectId, discarded } = await openTraining([]);
  await store.getState().startTraining();
  const [run] = await listRuns(database, projectId);
  if (run === undefined) throw new Error('Nothing was trained');
  const { id } = run;
  await putRun(database, { ...run, status: 'running', epochs: [] });
  await store.getState().openProject(projectId);
  expect(store.getState().runs[0]).toMatchObject({ id, status: 'paused' });
  await store.getState().discardRun(id);
  expect(discarded).toEqual([id]);
  expect((await listRuns(database, projectId))[0]?.status).toBe('cancelled');
});

it('trains more from the state of a run where nothing has changed, else from its weights', async () => {
  const { store, database, given } = await openTraining([{ ...trainedHead, epochs: [EPOCH] }]);
  const { startTraining, trainMore, addFiles } = store.getState();
  await startTraining();
  const [run] = given;
  if (run === undefined) throw new Error('Nothing was trained');
  await trainMore();
  // Nothing was kept of it.
  expect(given[1]?.origin).toEqual({ runId: run.id, headId: trainedHead.headId, kept: 'weights' });
  const state = { variables: [], optimizer: {}, best: null };
  await putCheckpoint(database, { runId: run.id, epochs: [EPOCH], durationMs: 1, state });
  store.getState().selectRun(run.id);
  await trainMore();
  expect(given[2]?.origin?.kept).toBe('state');
  expect(given[2]?.config).toMatchObject({ epochs: 1 + DEFAULT_GRADIENT_CONFIG.epochs });
  await addFiles([fileAt('photos/c/5.jpg'), fileAt('photos/c/6.jpg')], null);
  store.getState().selectRun(run.id);
  await trainMore();
  expect(given[3]?.origin?.kept).toBe('weights');
  expect(given[3]?.classifier.labels).toHaveLength(3);
});
