import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { averagedViews } from '../domain/averaging.ts';
import { encodeFloat16 } from '../domain/float16.ts';
import type { Head } from '../domain/head.ts';
import { DEFAULT_EXACT_CONFIG } from '../domain/headConfig.ts';
import type {
  BaseId,
  ClassLabelId,
  HeadId,
  ProjectId,
  RunId,
  SampleId,
  Sha256,
} from '../domain/ids.ts';
import type { ClassifierSpec, CompletedRun } from '../domain/trainingRun.ts';
import { putActivations } from '../storage/activations.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { putHead } from '../storage/heads.ts';
import { averageViews } from './averageViews.ts';
import { applyHead } from './softmaxHead.ts';

const hashOf = (index: number) => index.toString(16).padStart(64, '0') as Sha256;
const classifier: ClassifierSpec = {
  baseId: 'starter' as BaseId,
  graphHash: hashOf(255),
  cut: { positions: [7], pooling: 'global-average' },
  preprocessing: {
    version: 2,
    inputHeight: 8,
    inputWidth: 8,
    framing: 'centre-square',
    channelOrder: 'rgb',
    scale: [1],
    offset: [0],
  },
  labels: ['cat', 'dog'].map((name, colorIndex) => ({
    id: name as ClassLabelId,
    name,
    colorIndex,
  })),
};

/** The first number speaks for cats, the second for dogs. */
const weights = { kernel: Float32Array.of(1, 0, 0, 1), bias: new Float32Array(2) };
/** What each photo, a cat, looks like as it is: the first and the last two for a dog. */
const PLAIN = [
  [0, 1],
  [2, 0],
  [0, 0.5],
  [0, 3],
];
/** And in its mirror image: the first is a cat more surely than it was a dog. */
const MIRRORED = [
  [2, 0],
  [0, 1],
  [0, 1],
  [1, 0],
];
const PARTS = ['test', 'test', 'test', 'validation'] as const;

const run: CompletedRun = {
  id: 'run' as RunId,
  projectId: 'project' as ProjectId,
  startedAt: 0,
  appVersion: '0',
  config: DEFAULT_EXACT_CONFIG,
  classifier,
  samples: [],
  epochs: [],
  status: 'completed',
  isStoppedEarly: false,
  headId: 'head' as HeadId,
  finishedAt: 0,
  durationMs: 1,
  backend: 'cpu',
  evaluations: { validation: null, test: null },
};

let database: Database;

beforeEach(async () => {
  database = await openDatabase(`averaging ${crypto.randomUUID()}`);
});

async function storeHead(numPhotos = PLAIN.length): Promise<void> {
  const photos = PLAIN.slice(0, numPhotos);
  const head: Head = {
    id: run.headId,
    runId: run.id,
    classifier,
    weights,
    heldOut: {
      sampleIds: photos.map((_, index) => `sample ${index}` as SampleId),
      imageHashes: photos.map((_, index) => hashOf(index)),
      parts: PARTS.slice(0, numPhotos),
      trueIndices: photos.map(() => 0),
      probabilities: applyHead(Float32Array.from(photos.flat()), weights),
    },
  };
  await putHead(database, head);
}

async function storeMirrored(numPhotos = PLAIN.length): Promise<void> {
  for (const { key } of averagedViews('mirror')) {
    const batch = MIRRORED.slice(0, numPhotos).map((values, index) => ({
      imageHash: hashOf(index),
      values: encodeFloat16(Float32Array.from(values)),
    }));
    await putActivations(database, { ...classifier, view: key }, batch);
  }
}

const measure = (signal = new AbortController().signal) =>
  averageViews({ run, averaging: 'mirror' }, signal, database);

it('measures the mean of probabilities on the photos of each part', async () => {
  await storeHead();
  await storeMirrored();
  const { averaging, test, validation } = await measure();
  expect(averaging).toBe('mirror');
  // softmax: 0.269 and 0.881 make the first a cat; 0.881 and 0.269 leave the second one.
  expect(test?.accuracy).toBeCloseTo(2 / 3, 12);
  expect(test?.lead.value).toBeCloseTo(1 / 3, 12);
  // Wilson's interval of 2 in 3, by R's binom.wilson.
  expect(test?.interval.low).toBeCloseTo(0.2077, 4);
  expect(test?.interval.high).toBeCloseTo(0.9385, 4);
  // 0.047 and 0.731: of probabilities the mean is for a dog, of logits (1 to 3) it would be too.
  expect(validation).toMatchObject({ accuracy: 0, lead: { value: 0 } });
});

it('says what is missing where views were not computed', async () => {
  await storeHead();
  await storeMirrored(3);
  await expect(measure()).rejects.toMatchObject({ code: 'not-found', details: { missing: 1 } });
});

it('has nothing to say where nothing was held out', async () => {
  await storeHead(0);
  expect(await measure()).toEqual({ averaging: 'mirror', validation: null, test: null });
});

it('ends when cancelled', async () => {
  await storeHead();
  await storeMirrored();
  const controller = new AbortController();
  controller.abort();
  await expect(measure(controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
});
