import * as tf from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
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

/** Weights after TF.js layers took the same steps on the same batches, by their names, and each loss. */
async function fineTunedByTfjs(
  tuning: Tuning,
  cutShape: readonly number[],
  optimizer: tf.Optimizer,
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
      const y = tf.oneHot(tf.tensor1d(classes, 'int32'), 3);
      loss += (Number(await model.trainOnBatch(x, y)) * batch.length) / numSamples;
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
});
