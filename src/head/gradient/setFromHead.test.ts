import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GradientConfig } from '../../domain/headConfig.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import { createRandom } from '../../domain/random.ts';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { applyHead } from '../softmaxHead.ts';
import { foldStandardisation } from '../standardise.ts';
import { CONVERGING, formulaSet } from '../trainingSetFixture.ts';
import { solutionOf } from './gradientFixture.ts';
import { createLayers, disposeLayers } from './layers.ts';
import { readWeights } from './readWeights.ts';
import { scalingOf } from './scaling.ts';
import { setFromHead } from './setFromHead.ts';

const HIDDEN = { units: 6, activation: 'tanh', hasBatchNorm: true, dropout: 0 } as const;
const CONFIGS: Record<string, GradientConfig> = {
  'softmax alone': { ...CONVERGING, epochs: 20, learningRate: 0.05 },
  'a hidden layer with batch norm': { ...CONVERGING, epochs: 20, hiddenLayers: [HIDDEN] },
};

const idsOf = (...names: string[]) => names as unknown as ClassLabelId[];
const BEFORE = idsOf('cat', 'dog', 'fox');

/** Answers [numSamples][numClasses] of a head that begins with one for `BEFORE`, which it gives too. */
async function goOn(config: GradientConfig, labelIds: readonly ClassLabelId[]) {
  const set = formulaSet(30, 0);
  const { weights } = await solutionOf(set, config);
  // Of other photos, whose activations are scaled in another way.
  const later = { ...formulaSet(40, 0), numClasses: labelIds.length, labelIds };
  const scaling = scalingOf(config.scaling, later.train.activations, later.activationSize);
  const layers = createLayers(config, later.activationSize, labelIds.length, createRandom(5));
  setFromHead(layers, { weights, labelIds: BEFORE }, later, scaling);
  const goneOn = foldStandardisation(readWeights(layers), scaling);
  disposeLayers(layers);
  const rowsOf = (head: typeof weights, numClasses: number) => {
    const flat = applyHead(later.train.activations, head);
    return Array.from({ length: 40 }, (_, row) => [
      ...flat.subarray(row * numClasses, (row + 1) * numClasses),
    ]);
  };
  return { before: rowsOf(weights, 3), after: rowsOf(goneOn, labelIds.length) };
}

/** Shares of some classes among themselves. */
const among = (row: readonly number[], columns: readonly number[]) => {
  const total = columns.reduce((sum, column) => sum + (row[column] ?? NaN), 0);
  return columns.map((column) => (row[column] ?? NaN) / total);
};

describe.each(Object.entries(CONFIGS))('a head that goes on, %s', (_, config) => {
  beforeAll(() => useTestBackend('cpu'));

  it.each([
    { change: 'nothing', now: idsOf('cat', 'dog', 'fox'), from: [0, 1, 2], to: [0, 1, 2] },
    {
      change: 'an added class',
      now: idsOf('ape', 'cat', 'dog', 'fox'),
      from: [0, 1, 2],
      to: [1, 2, 3],
    },
    { change: 'a removed class', now: idsOf('cat', 'fox'), from: [0, 2], to: [0, 1] },
    { change: 'another order', now: idsOf('fox', 'cat', 'dog'), from: [0, 1, 2], to: [1, 2, 0] },
  ])('answers as before among the classes that stay after $change', async ({ now, from, to }) => {
    const numTensors = tf.memory().numTensors;
    const { before, after } = await goOn(config, now);
    for (const [i, row] of after.entries()) {
      const expected = among(before[i] ?? [], from);
      for (const [k, share] of among(row, to).entries()) {
        expect(Math.abs(share - (expected[k] ?? NaN))).toBeLessThan(1e-5);
      }
    }
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
