import 'fake-indexeddb/auto';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OwnClasses } from '../../domain/baseSummary.ts';
import { COLOUR_SPACE } from '../../domain/colourHistogram.ts';
import { encodeFloat16 } from '../../domain/float16.ts';
import type { BaseId, ClassLabelId, SampleId, Sha256 } from '../../domain/ids.ts';
import { createRandom } from '../../domain/random.ts';
import type { ClassifierSpec, RunSample } from '../../domain/trainingRun.ts';
import { unbeatenControls } from '../../domain/transferReport.ts';
import { putActivations } from '../../storage/activations.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { checkTransfer } from './checkTransfer.ts';
import { measureCut } from './measureCut.ts';

const NUM_PHOTOS = 60;
const SIZE = 6;

const hashOf = (index: number) => index.toString(16).padStart(64, '0') as Sha256;

const classifier: ClassifierSpec = {
  baseId: 'base' as BaseId,
  graphHash: hashOf(255),
  cut: { positions: [7], pooling: 'global-average' },
  preprocessing: { ...COLOUR_SPACE.preprocessing, inputHeight: 8, inputWidth: 8 },
  labels: ['cat', 'dog'].map((name, colorIndex) => ({
    id: name as ClassLabelId,
    name,
    colorIndex,
  })),
};

/** Two thirds of the photos are cats. */
const samples = Array.from({ length: NUM_PHOTOS }, (_, index): RunSample => ({
  sampleId: `sample ${String(index)}` as SampleId,
  imageHash: hashOf(index),
  classIndex: index % 3 === 0 ? 1 : 0,
  part: 'train',
}));

let database: Database;

beforeEach(async () => {
  await tf.setBackend('cpu');
  database = await openDatabase(`transfer ${crypto.randomUUID()}`);
});

/** Random rows, in which `signal` is added to the first value of the second class. */
function rows(seed: number, signal: number) {
  const { next } = createRandom(seed);
  return samples.map(({ imageHash, classIndex }) => {
    const row = Float32Array.from({ length: SIZE }, next);
    row[0] = (row[0] ?? 0) + signal * classIndex;
    return { imageHash, values: encodeFloat16(row) };
  });
}

async function check(
  ofBase: number,
  ofColours: number,
  signal = new AbortController().signal,
  randomHash: Sha256 | null = null,
  ownClasses: OwnClasses | null = null,
) {
  const space = { ...classifier, view: 'original' } as const;
  await putActivations(database, space, rows(1, ofBase));
  await putActivations(database, COLOUR_SPACE, rows(2, ofColours));
  const reported: number[] = [];
  const report = ({ done, total }: { done: number; total: number }) =>
    void reported.push(done / total);
  const result = await checkTransfer(
    { classifier, samples, seed: 1, randomHash, ownClasses },
    { signal, report },
    database,
  );
  return { result, reported };
}

describe('checkTransfer', () => {
  it('says of a base that tells the classes apart that it beats every control', async () => {
    const { result, reported } = await check(3, 0);
    expect(result.base.accuracy).toBeGreaterThan(0.95);
    expect(result.controls.majority.accuracy).toBeCloseTo(2 / 3, 9);
    expect(result.controls.majority.lead.value).toBeCloseTo(result.base.accuracy - 2 / 3, 9);
    expect(unbeatenControls(result)).toEqual([]);
    expect(reported.at(-1)).toBe(1);
    expect(reported).toEqual(reported.toSorted((a, b) => a - b));
  });

  it('names the controls that a base without use does not beat', async () => {
    const { result } = await check(0, 3);
    expect(result.controls.colours.accuracy).toBeGreaterThan(0.95);
    expect(result.controls.colours.lead.high).toBeLessThan(0);
    expect(unbeatenControls(result)).toEqual(['colours', 'majority']);
  });

  it('estimates more for the base that tells more', async () => {
    const [good, poor] = [await check(3, 0), await check(0, 0)];
    expect(good.result.logme).toBeGreaterThan(poor.result.logme);
    expect(good.result.hScore).toBeGreaterThan(poor.result.hScore);
  });

  it('has the accuracy that a sweep measures at the same cut', async () => {
    const { result } = await check(1, 0);
    const context = { signal: new AbortController().signal, report: () => undefined };
    const measured = await measureCut({ classifier, samples, seed: 1 }, context, database);
    expect(measured).toEqual(result.base);
    expect(measured.accuracy).toBeLessThan(1);
  });

  it('says negative transfer of a base that is no better than random weights', async () => {
    const graphHash = hashOf(254);
    await putActivations(database, { ...classifier, graphHash, view: 'original' }, rows(1, 3));
    const { result, reported } = await check(3, 0, undefined, graphHash);
    expect(result.controls.random?.accuracy).toBe(result.base.accuracy);
    expect(unbeatenControls(result)).toEqual(['random']);
    expect(reported.at(-1)).toBe(1);
  });

  it('leaves random weights out that give no numbers', async () => {
    const graphHash = hashOf(254);
    await putActivations(
      database,
      { ...classifier, graphHash, view: 'original' },
      rows(1, Infinity),
    );
    const { result } = await check(3, 0, undefined, graphHash);
    expect(result.controls.random).toBeUndefined();
    expect(unbeatenControls(result)).toEqual([]);
  });

  it('tells how far the base’s own classes go together with those of the photos', async () => {
    const cut = { positions: [9], pooling: 'none' } as const;
    const own = { cut, numClasses: 2, areLogits: false };
    const answers = (ofDogs: readonly number[]) =>
      samples.map(({ imageHash, classIndex }) => {
        const probabilities = classIndex === 1 ? ofDogs : [1, 0];
        return { imageHash, values: encodeFloat16(Float32Array.from(probabilities)) };
      });
    const space = { ...classifier, cut, view: 'original' } as const;
    await putActivations(database, space, answers([0, 1]));
    const apart = await check(1, 0, undefined, null, own);
    expect(apart.result.ownClasses).toEqual({ numClasses: 2, areLogits: false, nce: 0, leep: 0 });

    await putActivations(database, space, answers([1, 0]));
    const { ownClasses } = (await check(1, 0, undefined, null, own)).result;
    // The same answer for every photo tells nothing: the entropy of two thirds and one third remains.
    const entropy = (2 / 3) * Math.log(3 / 2) + Math.log(3) / 3;
    expect(ownClasses?.nce).toBeCloseTo(-entropy, 9);
    expect(ownClasses?.leep).toBeCloseTo(-entropy, 9);
    expect((await check(1, 0)).result.ownClasses).toBeUndefined();
  });

  it('ends when it is cancelled', async () => {
    await expect(check(1, 1, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('says how many histograms are missing', async () => {
    await putActivations(database, { ...classifier, view: 'original' }, rows(1, 1));
    const context = { signal: new AbortController().signal, report: () => undefined };
    await expect(
      checkTransfer(
        { classifier, samples, seed: 1, randomHash: null, ownClasses: null },
        context,
        database,
      ),
    ).rejects.toMatchObject({ code: 'not-found', details: { missing: NUM_PHOTOS } });
  });
});
