import { expect, it, vi } from 'vitest';
import type { BaseMethods, EmbedReport } from '../bridge/protocol.ts';
import { DEFAULT_AUGMENTATION } from '../domain/augmentation.ts';
import type { MeasuredAveraging } from '../domain/averaging.ts';
import { GraftError } from '../domain/errors.ts';
import type { Head } from '../domain/head.ts';
import type { HeadId, ProjectId, Sha256 } from '../domain/ids.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import { putHead } from '../storage/heads.ts';
import { getProject } from '../storage/projects.ts';
import { getRun, putRun } from '../storage/runs.ts';
import { exampleRun } from './stateFixture.tsx';
import { fileAt, openStore, report, type StoreFixture } from './storeFixture.ts';

const hash = (letter: string) => letter.repeat(64) as Sha256;

type Embed = BaseMethods['embedSamples'];
type Measure = (params: {
  readonly averaging: MeasuredAveraging['averaging'];
}) => Promise<MeasuredAveraging>;

const embedded: EmbedReport = {
  computed: 1,
  reused: 0,
  failed: [],
  durationMs: 1,
  backend: report,
};
const lead = { value: 0.1, low: -0.1, high: 0.3 };
const accuracy = { accuracy: 0.9, interval: { low: 0.5, high: 1 }, lead };

function runOf(projectId: ProjectId): CompletedRun {
  const samples = (['train', 'validation', 'test'] as const).map((part, index) => ({
    ...{ sampleId: part as never, classIndex: 0, part },
    imageHash: hash('abc'[index] ?? ''),
  }));
  return { ...exampleRun('run'), projectId, samples };
}

async function openMeasuring(changes: Partial<{ embed: Embed; measure: Measure }> = {}) {
  const embedSamples = vi.fn<(params: Embed['params']) => Promise<EmbedReport>>(() =>
    Promise.resolve(embedded),
  );
  const measureAveraging = vi.fn<Measure>(
    changes.measure ??
      (({ averaging }) => Promise.resolve({ averaging, validation: accuracy, test: null })),
  );
  const fixture = await openStore({ embedSamples }, { measureAveraging });
  const run = runOf(fixture.projectId);
  await putRun(fixture.database, run);
  await fixture.store.getState().openProject(fixture.projectId);
  return { ...fixture, run, embedSamples, measureAveraging };
}

const kinds = ({ store }: Pick<StoreFixture, 'store'>) =>
  store.getState().runs.flatMap((run) => {
    const { averagings = [] } = run as CompletedRun;
    return averagings.map(({ averaging }) => averaging);
  });

it('computes views of held-out photos alone, measures each kind, and keeps it with the run', async () => {
  const opened = await openMeasuring();
  const { store, database, run, embedSamples } = opened;
  await store.getState().measureAveragings(run);
  const asked = embedSamples.mock.calls.map(([params]) => params);
  expect(asked.map(({ imageHashes }) => imageHashes)).toEqual(
    Array(3).fill([hash('b'), hash('c')]),
  );
  expect(asked.map(({ views }) => views)).toEqual(
    ['mirror', 'crops', 'mirror-and-crops'].map((averaging) => ({
      averaging,
      imageHashes: [hash('b'), hash('c')],
    })),
  );
  expect(kinds(opened)).toEqual(['mirror', 'crops', 'mirror-and-crops']);
  expect(store.getState().averagingStatus).toEqual({ status: 'idle' });
  const stored = (await getRun(database, run.id)) as CompletedRun;
  expect(stored.averagings?.[0]).toEqual({ averaging: 'mirror', validation: accuracy, test: null });
  // What the run says of itself is about photos as they are.
  expect(stored.evaluations).toEqual(run.evaluations);
  await store.getState().measureAveragings(run);
  expect(kinds(opened)).toHaveLength(3);
});

it('measures no mirror images where flips are set to none', async () => {
  const opened = await openMeasuring();
  const { store, run } = opened;
  await store.getState().setAugmentation({ ...DEFAULT_AUGMENTATION, flips: 'none' });
  await store.getState().measureAveragings(run);
  expect(kinds(opened)).toEqual(['crops']);
});

it('cancelled, keeps what it has found and says nothing', async () => {
  const opened = await openMeasuring({
    measure: ({ averaging }) => {
      if (averaging === 'crops') opened.store.getState().cancelAveraging();
      return Promise.resolve({ averaging, validation: accuracy, test: null });
    },
  });
  await opened.store.getState().measureAveragings(opened.run);
  expect(kinds(opened)).toEqual(['mirror']);
  expect(opened.store.getState().averagingStatus).toEqual({ status: 'idle' });
});

it('says what went wrong', async () => {
  const failing = () => Promise.reject(new GraftError('not-found', 'Gone'));
  const { store, run } = await openMeasuring({ measure: failing });
  await store.getState().measureAveragings(run);
  expect(store.getState().averagingStatus).toMatchObject({
    status: 'failed',
    failure: { code: 'not-found' },
  });
});

it('stores with the project what predictions are averaged over, and predicts so', async () => {
  const predictPhotos = vi.fn(({ files }: BaseMethods['predictPhotos']['params']) =>
    Promise.resolve({
      predictions: files.map(() => ({ status: 'predicted', probabilities: [1] }) as const),
    }),
  );
  const { store, database, projectId } = await openStore({ predictPhotos });
  expect(store.getState().project?.averaging).toBeUndefined();
  await store.getState().setAveraging('crops');
  expect((await getProject(database, projectId))?.averaging).toBe('crops');

  const headId = 'head' as HeadId;
  const head = { id: headId, classifier: { labels: [] } } as unknown as Head;
  await putHead(database, head);
  const predict = () => store.getState().predictFiles(headId, [fileAt('a.jpg')]);
  await predict();
  await predict();
  expect(store.getState().predictedFiles).toHaveLength(2);
  await store.getState().setAveraging('none');
  await predict();
  // Answers of other views are not mixed with these.
  expect(store.getState().predictedFiles).toHaveLength(1);
  expect(predictPhotos.mock.calls.map(([{ averaging }]) => averaging)).toEqual([
    'crops',
    'crops',
    'none',
  ]);
});
