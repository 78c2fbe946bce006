import * as tf from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { HIDDEN_ACTIVATIONS } from '../../domain/hiddenActivation.ts';
import { DEFAULT_GRADIENT_CONFIG, type GradientConfig } from '../../domain/headConfig.ts';
import { createRandom } from '../../domain/random.ts';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { applyHead } from '../softmaxHead.ts';
import { ACTIVATION_SIZE, formulaSet } from '../trainingSetFixture.ts';
import { trainingPass } from './forward.ts';
import { solutionOf } from './gradientFixture.ts';
import { initialKernel } from './initialKernel.ts';
import { createLayers } from './layers.ts';

const NUM_CLASSES = 3;
const SET = formulaSet(30, 9);
const LAYER = { units: 6, activation: 'relu', hasBatchNorm: false, dropout: 0 } as const;
const CONFIG: GradientConfig = {
  ...DEFAULT_GRADIENT_CONFIG,
  epochs: 12,
  batchSize: 30,
  learningRate: 0.05,
  scaling: 'none',
  l2: 0.01,
  initialisation: { kernel: { kind: 'glorot-uniform' }, biasValue: 0.1 },
};

/** What a model of TF.js's layers, begun and trained alike, says about the training photos. */
async function tfjsProbabilities(config: GradientConfig): Promise<Float32Array> {
  const random = createRandom(config.seed);
  const model = tfLayers.sequential();
  let inputSize = ACTIVATION_SIZE;
  const addDense = (units: number, useBias: boolean, shape: { inputShape?: number[] }) => {
    const kernel = tf.tensor2d(initialKernel(config.initialisation, inputSize, units, random), [
      inputSize,
      units,
    ]);
    const bias = tf.fill([units], config.initialisation.biasValue);
    const kernelRegularizer = tfLayers.regularizers.l2({ l2: config.l2 / 2 });
    model.add(
      tfLayers.layers.dense({
        units,
        kernelRegularizer,
        useBias,
        weights: useBias ? [kernel, bias] : [kernel],
        ...shape,
      }),
    );
    inputSize = units;
  };
  for (const [i, { units, activation, hasBatchNorm }] of config.hiddenLayers.entries()) {
    addDense(units, !hasBatchNorm, i === 0 ? { inputShape: [ACTIVATION_SIZE] } : {});
    if (hasBatchNorm) model.add(tfLayers.layers.batchNormalization({ momentum: 0.9 }));
    model.add(tfLayers.layers.activation({ activation }));
  }
  addDense(NUM_CLASSES, true, {});
  model.add(tfLayers.layers.activation({ activation: 'softmax' }));
  const optimizer = tf.train.adam(config.learningRate);
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const { activations, classIndices } = SET.train;
  const inputs = tf.tensor2d(activations, [classIndices.length, ACTIVATION_SIZE]);
  const targets = tf.oneHot(classIndices, NUM_CLASSES);
  const { epochs, batchSize } = config;
  await model.fit(inputs, targets, { epochs, batchSize, shuffle: false });
  return (model.predict(inputs) as tf.Tensor).dataSync<'float32'>().slice();
}

const HEADS: readonly (readonly [string, GradientConfig['hiddenLayers']])[] = [
  ...HIDDEN_ACTIVATIONS.map((activation) => [activation, [{ ...LAYER, activation }]] as const),
  ['two layers', [LAYER, { ...LAYER, units: 4, activation: 'tanh' }]],
  ['batch norm', [{ ...LAYER, hasBatchNorm: true }]],
  [
    'batch norm twice',
    [
      { ...LAYER, hasBatchNorm: true },
      { ...LAYER, hasBatchNorm: true },
    ],
  ],
];

describe.each(TEST_BACKENDS)('hidden layers on %s', (backend) => {
  it.each(HEADS)('with %s become those of TF.js', async (_, hiddenLayers) => {
    const config = { ...CONFIG, hiddenLayers };
    await useTestBackend('cpu');
    const expected = await tfjsProbabilities(config);
    await useTestBackend(backend);
    const { weights } = await solutionOf(SET, config);
    expect(weights.hidden).toHaveLength(hiddenLayers.length);
    const found = applyHead(SET.train.activations, weights);
    const differences = found.map((value, i) => Math.abs(value - (expected[i] ?? NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-3);
  });

  it('say the same of raw activations, whatever the scaling, as they did while measured', async () => {
    await useTestBackend(backend);
    const hiddenLayers = [{ ...LAYER, hasBatchNorm: true, dropout: 0.3 }];
    for (const scaling of ['none', 'centred', 'standardised'] as const) {
      const { weights, epochs } = await solutionOf(SET, { ...CONFIG, hiddenLayers, scaling });
      const { activations = new Float32Array(), classIndices = [] } = SET.validation ?? {};
      const probabilities = applyHead(activations, weights);
      const losses = Array.from(
        classIndices,
        (index, row) => -Math.log(probabilities[row * NUM_CLASSES + index] ?? 0),
      );
      const loss = losses.reduce((sum, each) => sum + each / losses.length, 0);
      expect(loss).toBeCloseTo(epochs.at(-1)?.validationLoss ?? NaN, 4);
    }
  });

  it('with dropout depend on the seed, and on nothing else', async () => {
    await useTestBackend(backend);
    const config = { ...CONFIG, hiddenLayers: [{ ...LAYER, dropout: 0.5 }] };
    const first = await solutionOf(SET, config);
    expect((await solutionOf(SET, config)).weights).toEqual(first.weights);
    const without = await solutionOf(SET, { ...CONFIG, hiddenLayers: [LAYER] });
    expect(without.weights).not.toEqual(first.weights);
    const before = tf.memory().numTensors;
    await solutionOf(SET, { ...config, optimizer: { kind: 'nesterov', momentum: 0.5 } });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('dropout', () => {
  it('leaves out as much as TF.js does, and enlarges the rest as much', async () => {
    await useTestBackend('cpu');
    const hiddenLayers = [{ ...LAYER, units: 500, dropout: 0.25 }];
    const layers = createLayers({ ...CONFIG, hiddenLayers }, 4, NUM_CLASSES, createRandom(1));
    const { traces } = trainingPass(layers, tf.ones([20, 4]), createRandom(1));
    const ours = [...(traces[0]?.mask?.dataSync() ?? [])];
    const theirs = [...tf.dropout(tf.ones([20, 500]), 0.25, undefined, 1).dataSync()];
    const kinds = (values: readonly number[]) => [...new Set(values)].toSorted((a, b) => a - b);
    const shareOfZeros = (values: readonly number[]) =>
      values.filter((value) => value === 0).length / values.length;
    expect(kinds(ours)).toEqual(kinds(theirs));
    expect(Math.abs(shareOfZeros(ours) - shareOfZeros(theirs))).toBeLessThan(0.02);
    expect(traces[1]?.mask).toBeNull();
  });
});

describe('initial kernels', () => {
  beforeAll(() => useTestBackend('cpu'));
  const initializers = {
    'glorot-uniform': tfLayers.initializers.glorotUniform,
    'glorot-normal': tfLayers.initializers.glorotNormal,
    'lecun-normal': tfLayers.initializers.leCunNormal,
    'he-uniform': tfLayers.initializers.heUniform,
    'he-normal': tfLayers.initializers.heNormal,
  } as const;

  it.each(Object.keys(initializers) as (keyof typeof initializers)[])(
    '%s are spread as TF.js spreads them',
    (kind) => {
      const theirs = initializers[kind]({ seed: 1 }).apply([300, 100]).dataSync<'float32'>();
      const ours = initialKernel({ kernel: { kind }, biasValue: 0 }, 300, 100, createRandom(1));
      const deviation = (values: Float32Array) =>
        Math.hypot(...values.map((value) => value / Math.sqrt(values.length)));
      // TF.js cuts its normal distributions off without making up for it; Keras does as we do.
      const cut = kind.endsWith('normal') ? 0.8796 : 1;
      expect(Math.abs((deviation(ours) * cut) / deviation(theirs) - 1)).toBeLessThan(0.02);
      const largest = (values: Float32Array) =>
        values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      expect(largest(ours) * cut).toBeCloseTo(largest(theirs), 2);
      expect(Math.abs(ours.reduce((sum, value) => sum + value / ours.length, 0))).toBeLessThan(
        0.001,
      );
    },
  );
});
