import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldNetwork } from '../network/fold.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
  ownBuffer,
  type FixtureTensor,
} from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import { createPlan } from './plan.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type Files = ReturnType<typeof fixtureModel>;

/** The answer of TF.js's own layers, which neither folds nor fuses. */
async function predictWithLayers(files: Files, batch: Float32Array, shape: readonly number[]) {
  const model = JSON.parse(files.modelJson) as {
    modelTopology: object;
    weightsManifest: [{ weights: [] }];
  };
  const weightSpecs = model.weightsManifest[0].weights;
  const artifacts = { modelTopology: model.modelTopology, weightSpecs, weightData: files.weights };
  const layers = await loadLayersModel({ load: () => Promise.resolve(artifacts) });
  const output = layers.predict(tf.tensor(batch, [...shape])) as tf.Tensor;
  const values = await output.data<'float32'>();
  layers.dispose();
  output.dispose();
  return values;
}

/** ‖a − b‖ / ‖b‖ */
function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norm = (values: number[]) => Math.hypot(...values);
  const reference = Array.from(b);
  return norm(reference.map((value, i) => value - (a[i] ?? NaN))) / norm(reference);
}

const variance = (name: string, size: number): FixtureTensor => ({
  name,
  shape: [size],
  values: Array.from({ length: size }, (_, i) => 0.5 + i / size),
});
const batchNorm = (name: string, size: number): FixtureTensor[] => [
  fixtureTensor(`${name}/gamma`, size),
  fixtureTensor(`${name}/beta`, size),
  fixtureTensor(`${name}/moving_mean`, size),
  variance(`${name}/moving_variance`, size),
];

const input = fixtureInput('in', 7, 6, 3);
const conv = (config: object, ...inputs: string[]) =>
  fixtureLayer('Conv2D', 'conv', { filters: 4, kernel_size: [3, 3], ...config }, ...inputs);
const kernel = fixtureTensor('conv/kernel', 3, 3, 3, 4);
const bias = fixtureTensor('conv/bias', 4);

const NETWORKS = {
  'convolution, same, bias': fixtureModel(
    [input, conv({ padding: 'same', strides: [2, 2] }, 'in')],
    [kernel, bias],
  ),
  'convolution with dilation and its own sigmoid': fixtureModel(
    [input, conv({ dilation_rate: [2, 2], activation: 'sigmoid' }, 'in')],
    [kernel, bias],
  ),
  'padding, convolution, batch norm, ReLU6': fixtureModel(
    [
      input,
      fixtureLayer(
        'ZeroPadding2D',
        'pad',
        {
          padding: [
            [0, 1],
            [2, 1],
          ],
        },
        'in',
      ),
      conv({ strides: [2, 2], use_bias: false }, 'pad'),
      fixtureLayer('BatchNormalization', 'bn', { axis: -1, epsilon: 0.01 }, 'conv'),
      fixtureLayer('ReLU', 'relu', { max_value: 6 }, 'bn'),
    ],
    [kernel, ...batchNorm('bn', 4)],
  ),
  'padding, depthwise convolution with bias and multiplier, batch norm, ReLU': fixtureModel(
    [
      input,
      fixtureLayer(
        'ZeroPadding2D',
        'pad',
        {
          padding: [
            [0, 1],
            [0, 1],
          ],
        },
        'in',
      ),
      fixtureLayer(
        'DepthwiseConv2D',
        'dw',
        { kernel_size: 3, depth_multiplier: 2, strides: [2, 2] },
        'pad',
      ),
      fixtureLayer('BatchNormalization', 'bn', {}, 'dw'),
      fixtureLayer('Activation', 'relu', { activation: 'relu' }, 'bn'),
    ],
    [
      fixtureTensor('dw/depthwise_kernel', 3, 3, 3, 2),
      fixtureTensor('dw/bias', 6),
      ...batchNorm('bn', 6),
    ],
  ),
  'batch norm without scale or centre after a ReLU': fixtureModel(
    [
      input,
      conv({ activation: 'relu' }, 'in'),
      fixtureLayer('BatchNormalization', 'bn', { scale: false, center: false }, 'conv'),
    ],
    [kernel, bias, ...batchNorm('bn', 4).slice(2)],
  ),
  'batch norm first, then padding used twice': fixtureModel(
    [
      input,
      fixtureLayer('BatchNormalization', 'bn', {}, 'in'),
      fixtureLayer('ZeroPadding2D', 'pad', { padding: 1 }, 'bn'),
      fixtureLayer('MaxPooling2D', 'max', { pool_size: 3, strides: 1 }, 'pad'),
      fixtureLayer(
        'AveragePooling2D',
        'mean',
        { pool_size: [3, 3], strides: [1, 1], padding: 'valid' },
        'pad',
      ),
      fixtureLayer('Add', 'sum', {}, 'max', 'mean', 'bn'),
    ],
    batchNorm('bn', 3),
  ),
  'a convolution used twice is not fused into either use': fixtureModel(
    [
      input,
      conv({ padding: 'same' }, 'in'),
      fixtureLayer('Dropout', 'drop', { rate: 0.5 }, 'conv'),
      fixtureLayer('Activation', 'relu', { activation: 'relu' }, 'drop'),
      fixtureLayer('Add', 'sum', {}, 'relu', 'conv'),
    ],
    [kernel, bias],
  ),
  'average pooling, same': fixtureModel(
    [input, fixtureLayer('AveragePooling2D', 'mean', { pool_size: 2, padding: 'same' }, 'in')],
    [],
  ),
  'flatten, dense, batch norm, tanh, dense softmax': fixtureModel(
    [
      input,
      fixtureLayer('Flatten', 'flat', {}, 'in'),
      fixtureLayer('Dense', 'd1', { units: 5 }, 'flat'),
      fixtureLayer('BatchNormalization', 'bn', {}, 'd1'),
      fixtureLayer('Activation', 'tanh', { activation: 'tanh' }, 'bn'),
      fixtureLayer('Dense', 'd2', { units: 3, activation: 'softmax', use_bias: false }, 'tanh'),
    ],
    [
      fixtureTensor('d1/kernel', 126, 5),
      fixtureTensor('d1/bias', 5),
      ...batchNorm('bn', 5),
      fixtureTensor('d2/kernel', 5, 3),
    ],
  ),
  'global average pooling, reshape, 1 × 1 convolution, dropout last': fixtureModel(
    [
      input,
      fixtureLayer('GlobalAveragePooling2D', 'pool', {}, 'in'),
      fixtureLayer('Reshape', 'shape', { target_shape: [-1, 1, 3] }, 'pool'),
      fixtureLayer('Conv2D', 'conv', { filters: 4, kernel_size: 1 }, 'shape'),
      fixtureLayer('Dropout', 'drop', { rate: 0.1 }, 'conv'),
    ],
    [fixtureTensor('conv/kernel', 1, 1, 3, 4), bias],
  ),
};

describe('a plan', () => {
  it.each(Object.entries(NETWORKS))('answers like TF.js layers: %s', async (_, files) => {
    const batch = Float32Array.from(fixtureTensor('batch', 2, 7, 6, 3).values);
    const expected = await predictWithLayers(files, batch, [2, 7, 6, 3]);
    const numTensors = tf.memory().numTensors;

    const plan = createPlan(loadTfjsLayers(files), [7, 6, 3]);
    const numConstants = tf.memory().numTensors - numTensors;
    const answer = await plan.run(batch, 2);

    expect(answer).toHaveLength(2 * plan.outputSize);
    expect(relativeDistance(answer, expected)).toBeLessThan(1e-5);
    expect(tf.memory().numTensors - numTensors).toBe(numConstants);
    plan.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('frees everything when a step throws', async () => {
    const plan = createPlan(loadTfjsLayers(NETWORKS['average pooling, same']), [7, 6, 3]);
    const numTensors = tf.memory().numTensors;
    await expect(plan.run(new Float32Array(5), 2)).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(numTensors);
    plan.dispose();
  });
});

describe('foldNetwork', () => {
  it('leaves one step for padding, convolution, batch norm and ReLU6', () => {
    const steps = foldNetwork(loadTfjsLayers(NETWORKS['padding, convolution, batch norm, ReLU6']));
    expect(steps.map(({ kind }) => kind)).toEqual(['input', 'conv2d']);
    expect(steps[1]).toMatchObject({
      activation: { kind: 'relu6' },
      padding: { top: 0, bottom: 1, left: 2, right: 1 },
    });
  });

  it('leaves 63 steps of the 155 layers of MobileNetV2', () => {
    const modelJson = readFileSync('public/bases/starter/model.json', 'utf8');
    const weights = ownBuffer(readFileSync('public/bases/starter/weights.bin'));
    expect(foldNetwork(loadTfjsLayers({ modelJson, weights }))).toHaveLength(63);
  });
});
