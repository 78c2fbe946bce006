import * as tf from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ClassLabelId } from '../../domain/ids.ts';
import type { TuningSettings } from '../../domain/tuningSettings.ts';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { residualCase, vggCase } from '../../engine/training/generatedBasesFixture.ts';
import type { TrainingCase } from '../../engine/training/trainingFixture.ts';
import { tfjsLayersFiles } from '../../exporters/tfjsLayers.ts';
import type { Network } from '../../network/network.ts';
import { createEpochRandom } from '../epochRandom.ts';
import { PLAIN_TUNING, tuned, tuningOf } from './tuningFixture.ts';
import type { Tuning } from './tuneNetwork.ts';

const LEARNING_RATE = 0.05;

const OPTIMIZERS = {
  sgd: () => tf.train.sgd(LEARNING_RATE),
  momentum: () => tf.train.momentum(LEARNING_RATE, 0.9),
} as const;

/** The part above the cut as a model of TF.js's own, whose input is the cut layer's output. */
async function layersModel({ network, positions }: Tuning, cutShape: readonly number[]) {
  const [cut = 0] = positions;
  const name = network.layers[cut]?.name ?? '';
  const upper: Network = {
    layers: [
      { kind: 'input', shape: cutShape, name, inputs: [], tensors: {} },
      ...network.layers
        .slice(cut + 1)
        .map((layer) => ({ ...layer, inputs: layer.inputs.map((input) => input - cut) })),
    ],
  };
  const [model, weights] = tfjsLayersFiles(upper);
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(model?.bytes)) as {
    modelTopology: object;
    weightsManifest: [{ weights: [] }];
  };
  return tfLayers.loadLayersModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: (weights?.bytes ?? new Uint8Array()).buffer,
      }),
  });
}

interface Weighing {
  /** What the photo's own class and every other have in its target. */
  readonly target: readonly [own: number, other: number];
  readonly classWeight: Readonly<Record<number, number>>;
}

const EVEN = { 0: 1, 1: 1, 2: 1 };
const PLAIN: Weighing = { target: [1, 0], classWeight: EVEN };

/** Weights after TF.js layers took the same steps on the same batches, by their names, and each loss. */
async function fineTunedByTfjs(
  tuning: Tuning,
  cutShape: readonly number[],
  optimizer: tf.Optimizer,
  { target: [own, other], classWeight }: Weighing = PLAIN,
) {
  await useTestBackend('cpu');
  const { train } = tuning.set;
  const model = await layersModel(tuning, cutShape);
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const numSamples = train.classIndices.length;
  const size = train.activations.length / numSamples;
  const losses: number[] = [];
  for (let epoch = 1; epoch <= tuning.settings.epochs; epoch++) {
    const order = createEpochRandom(tuning.seed, epoch).shuffled([...train.classIndices.keys()]);
    let loss = 0;
    for (let start = 0; start < numSamples; start += tuning.settings.batchSize) {
      const batch = order.slice(start, start + tuning.settings.batchSize);
      const rows = batch.flatMap((sample) => [
        ...train.activations.subarray(sample * size, (sample + 1) * size),
      ]);
      const x = tf.tensor(rows, [batch.length, ...cutShape]);
      const classes = batch.map((sample) => train.classIndices[sample] ?? 0);
      const y = tf.oneHot(tf.tensor1d(classes, 'int32'), 3, own, other, 'float32');
      const options = { batchSize: batch.length, shuffle: false, verbose: 0, classWeight };
      const { history } = await model.fit(x, y, options);
      loss += (Number(history['loss']?.[0]) * batch.length) / numSamples;
    }
    losses.push(loss);
  }
  const weights = new Map(
    model.weights.map((weight) => [weight.originalName, weight.read().dataSync<'float32'>()]),
  );
  return { losses, weights };
}

const ROLES = {
  kernel: ['kernel', 'depthwise_kernel'],
  bias: ['bias'],
  gamma: ['gamma'],
  beta: ['beta'],
} as const;

/** Of all weights that gradients change, from those of TF.js layers. */
function largestDistance(network: Network, expected: ReadonlyMap<string, Float32Array>): number {
  const distances: number[] = [];
  for (const { name, tensors } of network.layers) {
    for (const [role, names] of Object.entries(ROLES)) {
      const values = names.map((each) => expected.get(`${name}/${each}`)).find(Boolean);
      const found = tensors[role as keyof typeof ROLES]?.values;
      if (values === undefined || found === undefined) continue;
      distances.push(...found.map((value, i) => Math.abs(value - (values[i] ?? NaN))));
    }
  }
  expect(distances.length).toBeGreaterThan(100);
  return distances.reduce((a, b) => Math.max(a, b));
}

interface Case {
  readonly name: string;
  readonly training: TrainingCase;
  readonly cutShape: readonly number[];
}

const CASES: readonly Case[] = [
  { name: 'the upper block of a VGG', training: vggCase(), cutShape: [5, 5, 8] },
  {
    name: 'an inverted residual block, batch norm trained',
    training: residualCase('trained'),
    cutShape: [6, 6, 8],
  },
];

const idsOf = (...names: string[]) => names as unknown as ClassLabelId[];

const WEIGHED: readonly {
  readonly name: string;
  readonly settings: Partial<TuningSettings>;
  readonly weighing: Weighing;
}[] = [
  {
    name: 'label smoothing',
    settings: { labelSmoothing: 0.3 },
    weighing: { target: [0.8, 0.1], classWeight: EVEN },
  },
  {
    name: 'balanced classes',
    settings: { classWeights: { kind: 'balanced' } },
    // Three photos of the first class, two of the second, one of the third.
    weighing: { target: [1, 0], classWeight: { 0: 2 / 3, 1: 1, 2: 2 } },
  },
  {
    name: 'own class weights and label smoothing',
    settings: {
      labelSmoothing: 0.6,
      classWeights: { kind: 'own', byClass: Object.fromEntries([['b', 3]]) },
    },
    weighing: { target: [0.6, 0.2], classWeight: { 0: 1, 1: 3, 2: 1 } },
  },
];

const EACH = CASES.flatMap((each) =>
  (['sgd', 'momentum'] as const).map((optimizer) => ({ ...each, optimizer })),
);

describe.each(TEST_BACKENDS)('fine-tuning of TF.js layers, repeated on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(EACH)('$name by $optimizer', async ({ training, cutShape, optimizer }) => {
    const settings = { ...PLAIN_TUNING, learningRate: LEARNING_RATE };
    const tuning = tuningOf(training, {
      optimizer: optimizer === 'sgd' ? { kind: 'sgd' } : { kind: 'momentum', momentum: 0.9 },
      learningRate: settings.learningRate,
    });
    const expected = await fineTunedByTfjs(tuning, cutShape, OPTIMIZERS[optimizer]());
    await useTestBackend(backend);
    const { network, epochs } = await tuned(tuning);
    expect(largestDistance(network, expected.weights)).toBeLessThan(2e-5);
    expect(largestDistance(tuning.network, expected.weights)).toBeGreaterThan(1e-2);
    for (const [i, { loss }] of epochs.entries()) {
      expect(Math.abs(loss - (expected.losses[i] ?? NaN))).toBeLessThan(2e-5);
    }
  });

  it.each(WEIGHED)('$name', async ({ settings, weighing }) => {
    const plain = tuningOf(vggCase(), { learningRate: LEARNING_RATE });
    const train = { ...plain.set.train, classIndices: Int32Array.of(0, 1, 2, 0, 1, 0) };
    const set = { ...plain.set, train, labelIds: idsOf('a', 'b', 'c') };
    const tuning = { ...plain, set, settings: { ...plain.settings, ...settings } };
    const optimizer = OPTIMIZERS.sgd();
    const expected = await fineTunedByTfjs(tuning, [5, 5, 8], optimizer, weighing);
    await useTestBackend(backend);
    const { network } = await tuned(tuning);
    expect(largestDistance(network, expected.weights)).toBeLessThan(2e-5);
    const without = await tuned({ ...tuning, settings: plain.settings });
    expect(largestDistance(without.network, expected.weights)).toBeGreaterThan(1e-3);
  });
});
