import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { COLOUR_SPACE } from '../../domain/colourHistogram.ts';
import { encodeFloat16 } from '../../domain/float16.ts';
import type { BaseId, ClassLabelId, SampleId, Sha256 } from '../../domain/ids.ts';
import type { ClassifierSpec, RunSample } from '../../domain/trainingRun.ts';
import figures from '../../domain/transfer/figures/transferScores.json' with { type: 'json' };
import { putActivations } from '../../storage/activations.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { compareClasses } from './compareClasses.ts';

const cut = { positions: [9], pooling: 'none' } as const;
const hashOf = (index: number) => index.toString(16).padStart(64, '0') as Sha256;

let database: Database;

beforeEach(async () => {
  database = await openDatabase(`classes ${crypto.randomUUID()}`);
});

function classifierOf(numClasses: number): ClassifierSpec {
  return {
    baseId: 'base' as BaseId,
    graphHash: hashOf(255),
    cut: { positions: [7], pooling: 'global-average' },
    preprocessing: COLOUR_SPACE.preprocessing,
    labels: Array.from({ length: numClasses }, (_, colorIndex) => {
      const name = String(colorIndex);
      return { id: name as ClassLabelId, name, colorIndex };
    }),
  };
}

// Made by tools/transfer-figures with the published implementations.
describe.each(figures.cases)('answers of $numSources classes', (stored) => {
  const { numClasses, numSources, classIndices, sourceProbabilities } = stored;
  const classifier = classifierOf(numClasses);
  const samples = classIndices.map((classIndex, index): RunSample => ({
    sampleId: String(index) as SampleId,
    imageHash: hashOf(index),
    classIndex,
    part: 'train',
  }));

  async function compare(areLogits: boolean, answers: readonly number[]) {
    const rows = samples.map(({ imageHash }, index) => {
      const row = answers.slice(index * numSources, (index + 1) * numSources);
      return { imageHash, values: encodeFloat16(Float32Array.from(row)) };
    });
    await putActivations(database, { ...classifier, cut, view: 'original' }, rows);
    const own = { cut, numClasses: numSources, areLogits };
    return (await compareClasses(database, classifier, samples, own)).ownClasses;
  }

  it('give the NCE and LEEP of their authors', async () => {
    const found = await compare(false, sourceProbabilities);
    expect(found).toMatchObject({ numClasses: numSources, areLogits: false });
    expect(found?.nce).toBeCloseTo(stored.nce, 9);
    // They are stored as float16.
    expect(found?.leep).toBeCloseTo(stored.leep, 3);
  });

  it('give the same as logits, which a softmax takes back', async () => {
    const logits = sourceProbabilities.map((probability) => Math.log(probability) + 4);
    const found = await compare(true, logits);
    expect(found?.areLogits).toBe(true);
    expect(found?.nce).toBeCloseTo(stored.nce, 9);
    expect(found?.leep).toBeCloseTo(stored.leep, 3);
  });

  it('give nothing where they are no numbers, and are missed where there are none', async () => {
    expect(await compare(false, [NaN, ...sourceProbabilities.slice(1)])).toBeUndefined();
    const own = { cut: { ...cut, positions: [10] }, numClasses: numSources, areLogits: false };
    await expect(compareClasses(database, classifier, samples, own)).rejects.toMatchObject({
      code: 'not-found',
      details: { missing: samples.length },
    });
    expect(await compareClasses(database, classifier, samples, null)).toEqual({});
  });
});
