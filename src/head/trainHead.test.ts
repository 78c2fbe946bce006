import 'fake-indexeddb/auto';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TrainedHead } from '../bridge/trainedHead.ts';
import { DEFAULT_AUGMENTATION, viewKey } from '../domain/augmentation.ts';
import { encodeFloat16 } from '../domain/float16.ts';
import { DEFAULT_EXACT_CONFIG } from '../domain/headConfig.ts';
import {
  newId,
  type BaseId,
  type ClassLabelId,
  type ProjectId,
  type RunId,
  type SampleId,
  type Sha256,
} from '../domain/ids.ts';
import type { FitProgress, SplitPart, TrainingRun } from '../domain/trainingRun.ts';
import { putActivations } from '../storage/activations.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { getHead } from '../storage/heads.ts';
import { applyHead } from './softmaxHead.ts';
import { trainHead } from './trainHead.ts';
import { ACTIVATION_SIZE, CONVERGING, formulaActivations } from './trainingSetFixture.ts';

const NUM_PHOTOS = 60;
const { activations, classIndices } = formulaActivations(NUM_PHOTOS);

function partOf(index: number): SplitPart {
  if (index < 42) return 'train';
  return index < 51 ? 'validation' : 'test';
}

function hashOf(index: number): Sha256 {
  return index.toString(16).padStart(64, '0') as Sha256;
}

const classifier: TrainingRun['classifier'] = {
  baseId: 'starter' as BaseId,
  graphHash: hashOf(255),
  cut: { positions: [7], pooling: 'global-average' },
  preprocessing: {
    version: 1,
    inputHeight: 8,
    inputWidth: 8,
    framing: 'centre-square',
    channelOrder: 'rgb',
    scale: [1],
    offset: [0],
  },
  labels: ['cat', 'dog', 'fox'].map((name, colorIndex) => ({
    id: name as ClassLabelId,
    name,
    colorIndex,
  })),
};

const run: TrainingRun = {
  id: 'run' as RunId,
  projectId: 'project' as ProjectId,
  startedAt: 0,
  appVersion: '0',
  config: { ...CONVERGING, epochs: 6, batchSize: 8, learningRate: 0.1 },
  classifier,
  samples: Array.from({ length: NUM_PHOTOS }, (_, index) => ({
    sampleId: `sample ${String(index)}` as SampleId,
    imageHash: hashOf(index),
    classIndex: classIndices[index] ?? 0,
    part: partOf(index),
  })),
  epochs: [],
  status: 'running',
};

let database: Database;

beforeEach(async () => {
  await tf.setBackend('cpu');
  database = await openDatabase(`head ${crypto.randomUUID()}`);
  const batch = Array.from({ length: NUM_PHOTOS }, (_, index) => ({
    imageHash: hashOf(index),
    values: encodeFloat16(
      activations.slice(index * ACTIVATION_SIZE, (index + 1) * ACTIVATION_SIZE),
    ),
  }));
  await putActivations(database, { ...classifier, view: 'original' }, batch);
});

const isNeverPausing = () => false;

async function train(
  trained: TrainingRun,
  report: (progress: FitProgress) => void = () => undefined,
) {
  const context = { signal: new AbortController().signal, report };
  const tools = { database, backend: 'cpu', isPausing: isNeverPausing } as const;
  const result = await trainHead({ run: trained }, context, tools);
  if (result.status === 'paused') throw new Error('Nobody asked for a pause');
  return result;
}

/** Another run, which does not go on where the first was. */
const again = (given: TrainingRun): TrainingRun => ({ ...given, id: newId<RunId>() });

describe('trainHead', () => {
  it('reports each epoch, measures each held-out part, and stores the head', async () => {
    const reported: FitProgress[] = [];
    const trained = await train(run, (progress) => reported.push(progress));

    expect(reported).toEqual(trained.epochs.map((metrics) => ({ kind: 'epoch', metrics })));
    expect(trained).toMatchObject({ backend: 'cpu', isStoppedEarly: false });
    expect(trained.evaluations.validation?.numSamples).toBe(9);
    expect(trained.evaluations.test?.numSamples).toBe(9);
    expect(trained.evaluations.validation?.accuracy).toBeCloseTo(
      trained.epochs.at(-1)?.validationAccuracy ?? -1,
      6,
    );

    const head = await getHead(database, trained.headId);
    expect(head).toMatchObject({ runId: run.id, classifier });
    expect(head.heldOut.sampleIds).toEqual(run.samples.slice(42).map(({ sampleId }) => sampleId));
    expect(head.heldOut.parts.filter((part) => part === 'test')).toHaveLength(9);
  });

  it('stores weights for raw activations', async () => {
    const trained = await train(run);
    const { weights, heldOut } = await getHead(database, trained.headId);
    const probabilities = applyHead(activations.slice(42 * ACTIVATION_SIZE), weights);
    for (const [position, probability] of probabilities.entries()) {
      // The stored activations are float16.
      expect(heldOut.probabilities[position]).toBeCloseTo(probability, 2);
    }
    const isRight = heldOut.trueIndices.filter((trueIndex, row) => {
      const answer = [...probabilities.subarray(row * 3, row * 3 + 3)];
      return answer.indexOf(Math.max(...answer)) === trueIndex;
    });
    expect(isRight.length).toBeGreaterThan(12);
  });

  it('gives no evaluation, rather than another part’s, where nothing is held out', async () => {
    const samples = run.samples.filter(({ part }) => part === 'train');
    const trained = await train({ ...run, samples });
    expect(trained.evaluations).toEqual({ validation: null, test: null });
    expect(trained.epochs.every(({ validationAccuracy }) => validationAccuracy === null)).toBe(
      true,
    );
  });

  it('learns from the views of training photos, and from those alone', async () => {
    const augmentation = { ...DEFAULT_AUGMENTATION, numViews: 2 };
    const samples = run.samples.filter(({ part }) => part === 'train');
    // Only training photos have views: asking for one of another photo would fail.
    for (const index of [0, 1]) {
      const space = { ...classifier, view: viewKey(augmentation, index) };
      const batch = samples.map(({ imageHash, classIndex }) => ({
        imageHash,
        values: encodeFloat16(Float32Array.from([0, 1, 2, 3], (at) => (at === classIndex ? 9 : 0))),
      }));
      await putActivations(database, space, batch);
    }
    for (const config of [DEFAULT_EXACT_CONFIG, run.config]) {
      const plain = await train(again({ ...run, config }));
      const augmented = await train(again({ ...run, config, augmentation }));
      expect(augmented.evaluations.validation?.numSamples).toBe(9);
      const heads = await Promise.all(
        [plain, augmented].map(({ headId }) => getHead(database, headId)),
      );
      expect(heads[1]?.weights.kernel).not.toEqual(heads[0]?.weights.kernel);
      // Two of three pictures are told apart by one number that is 9.
      expect(augmented.epochs.at(-1)?.accuracy).toBeGreaterThan(2 / 3);
    }
    const missing = { ...augmentation, seed: 2 };
    await expect(train({ ...run, augmentation: missing })).rejects.toMatchObject({
      code: 'not-found',
      details: { missing: 84 },
    });
  });

  it('fits exactly where the run says so, and tells what was chosen', async () => {
    const reported: FitProgress[] = [];
    const exact = { ...run, config: DEFAULT_EXACT_CONFIG };
    const trained = await train(exact, (progress) => reported.push(progress));
    expect(reported[0]?.kind).toBe('search');
    expect(reported.filter(({ kind }) => kind === 'epoch')).toHaveLength(trained.epochs.length);
    expect(trained.chosen?.l2).toBeGreaterThan(0);
    const { weights } = await getHead(database, trained.headId);
    const given = await train({ ...exact, config: { ...exact.config, ...trained.chosen } });
    expect((await getHead(database, given.headId)).weights).toEqual(weights);
    expect(given.chosen).toEqual(trained.chosen);
  });

  it('stopped after an epoch, gives the head so far', async () => {
    const controller = new AbortController();
    const trained = await trainHead(
      { run },
      {
        signal: controller.signal,
        report: () => {
          controller.abort();
        },
      },
      { database, backend: 'cpu', isPausing: isNeverPausing },
    );
    if (trained.status === 'paused') throw new Error('Nobody asked for a pause');
    expect(trained.isStoppedEarly).toBe(true);
    expect(trained.epochs).toHaveLength(1);
    await expect(getHead(database, trained.headId)).resolves.toBeDefined();
  });

  it('paused, goes on later with the same result as if it had not been', async () => {
    const context = { signal: new AbortController().signal, report: () => undefined };
    let numEpochs = 0;
    const isPausing = () => ++numEpochs === 3;
    const tools = { database, backend: 'cpu', isPausing } as const;
    const paused = await trainHead({ run }, context, tools);
    expect(paused).toMatchObject({ status: 'paused', epochs: [{}, {}, {}] });

    const reported: FitProgress[] = [];
    const goneOn = await train(run, (progress) => reported.push(progress));
    const atOnce = await train(again(run));
    expect(reported.slice(0, 3)).toEqual(
      paused.epochs.map((metrics) => ({ kind: 'epoch', metrics })),
    );
    const curve = ({ epochs }: Pick<TrainedHead, 'epochs'>) =>
      epochs.map(({ epoch, loss, validationLoss }) => [epoch, loss, validationLoss]);
    expect(curve(goneOn)).toEqual(curve(atOnce));
    const [first, second] = await Promise.all(
      [goneOn, atOnce].map(({ headId }) => getHead(database, headId)),
    );
    expect(first?.weights).toEqual(second?.weights);
  });

  it('trains more as if more epochs had been asked for at first', async () => {
    const { config } = run;
    if (config.solver !== 'gradient') throw new Error('Only gradient descent trains more');
    const long = { ...config, epochs: config.epochs + 5 };
    const { headId } = await train(run);
    const origin = { runId: run.id, headId, kept: 'state' } as const;
    const more = await train({ ...again(run), config: long, origin });
    const atOnce = await train({ ...again(run), config: long });
    expect(more.epochs).toHaveLength(long.epochs);
    const [first, second] = await Promise.all(
      [more, atOnce].map((trained) => getHead(database, trained.headId)),
    );
    expect(first?.weights).toEqual(second?.weights);
  });

  it('begins with what an earlier head has learnt where photos or classes have changed', async () => {
    const { headId, epochs } = await train(run);
    const config = { ...run.config, epochs: 1 } as const;
    const origin = { runId: run.id, headId, kept: 'weights' } as const;
    const goneOn = await train({ ...again(run), config, origin });
    const fromNothing = await train({ ...again(run), config });
    const [reached = Infinity] = epochs.slice(-1).map(({ loss }) => loss);
    expect(goneOn.epochs[0]?.loss).toBeLessThan(reached);
    expect(fromNothing.epochs[0]?.loss).toBeGreaterThan(reached);
  });

  it('refuses a run in which fewer than two classes can be learnt', async () => {
    const samples = run.samples.filter(({ classIndex }) => classIndex === 1);
    await expect(train({ ...run, samples })).rejects.toMatchObject({ code: 'too-few-classes' });
  });

  it('refuses a class without a photo to train on, by name', async () => {
    const samples = run.samples.filter(
      ({ classIndex, part }) => classIndex !== 2 || part !== 'train',
    );
    await expect(train({ ...run, samples })).rejects.toMatchObject({
      code: 'class-without-photos',
      details: { name: 'fox' },
    });
  });

  it('says how many activations are missing', async () => {
    const samples = run.samples.map((sample, index) =>
      index < 3 ? { ...sample, imageHash: hashOf(1000 + index) } : sample,
    );
    await expect(train({ ...run, samples })).rejects.toMatchObject({
      code: 'not-found',
      details: { missing: 3 },
    });
  });
});
