import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldNetwork } from '../network/fold.ts';
import { fixtureTensor, ownBuffer } from '../network/kerasModelFixture.ts';
import { lazyTensor } from '../network/lazyTensor.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Layer, WeightTensor } from '../network/network.ts';
import { TEST_BACKENDS, useTestBackend } from './backendFixture.ts';
import { relativeDistance } from './goldenFixture.ts';
import { predictWithLayers } from './layersModelFixture.ts';
import { createPlan } from './plan.ts';
import { SMALL_NETWORKS } from './smallNetworksFixture.ts';

const BATCH = Float32Array.from(fixtureTensor('batch', 2, 7, 6, 3).values, (value) => value * 4);
const foldedKinds = (name: keyof typeof SMALL_NETWORKS) =>
  foldNetwork(loadTfjsLayers(SMALL_NETWORKS[name])).map(({ kind }) => kind);

describe.each(TEST_BACKENDS)('a plan on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(Object.entries(SMALL_NETWORKS))('answers like TF.js layers: %s', async (_, files) => {
    await useTestBackend('cpu');
    const expected = await predictWithLayers(files, BATCH, [2, 7, 6, 3]);
    await useTestBackend(backend);
    const { numTensors } = tf.memory();

    const plan = createPlan(loadTfjsLayers(files), [7, 6, 3]);
    const numConstants = tf.memory().numTensors - numTensors;
    const answer = await plan.run(BATCH, 2);

    expect(answer).toHaveLength(2 * plan.outputSize);
    expect(relativeDistance(answer, expected)).toBeLessThan(2e-5);
    expect(tf.memory().numTensors - numTensors).toBe(numConstants);
    plan.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('frees everything when a step throws', async () => {
    const plan = createPlan(loadTfjsLayers(SMALL_NETWORKS['average pooling, same']), [7, 6, 3]);
    const { numTensors } = tf.memory();
    await expect(plan.run(new Float32Array(5), 2)).rejects.toThrow();
    expect(tf.memory().numTensors).toBe(numTensors);
    plan.dispose();
  });
});

describe('weights that are read from a file', () => {
  /** The network with tensors that count how often each is read. */
  function counted(name: keyof typeof SMALL_NETWORKS, unreadable = '') {
    const reads = new Map<string, number>();
    const counting = (key: string, { shape, values }: WeightTensor): WeightTensor =>
      lazyTensor(shape, () => {
        if (key === unreadable) throw new Error(`${key} cannot be read`);
        reads.set(key, (reads.get(key) ?? 0) + 1);
        return values;
      });
    const layers = loadTfjsLayers(SMALL_NETWORKS[name]).layers.map((layer) => {
      const tensors = Object.entries(layer.tensors).map(([role, tensor]) => [
        role,
        counting(`${layer.name}/${role}`, tensor),
      ]);
      return { ...layer, tensors: Object.fromEntries(tensors) as Layer['tensors'] };
    });
    return { network: { layers }, reads };
  }

  it('are read once each when they are uploaded, and not before', () => {
    const { network, reads } = counted('flatten, dense, PReLU, dense, ELU');
    foldNetwork(network);
    expect([...reads]).toEqual([]);
    createPlan(network, [7, 6, 3]).dispose();
    expect([...reads]).toEqual([
      ['d1/kernel', 1],
      ['d1/bias', 1],
      ['prelu/alpha', 1],
      ['d2/kernel', 1],
    ]);
  });

  it('are read once each where a batch norm is folded into them', () => {
    const { network, reads } = counted('convolution, batch norm, leaky ReLU');
    createPlan(network, [7, 6, 3]).dispose();
    expect(reads.get('conv/kernel')).toBe(1);
  });

  it('leave nothing in memory when one of them cannot be read', () => {
    const { network } = counted('flatten, dense, PReLU, dense, ELU', 'd1/bias');
    const { numTensors } = tf.memory();
    expect(() => createPlan(network, [7, 6, 3])).toThrow('d1/bias cannot be read');
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe('foldNetwork', () => {
  it.each([
    ['padding, convolution, batch norm, ReLU6', ['conv2d']],
    ['convolution, batch norm, leaky ReLU', ['conv2d']],
    ['convolution, PReLU per channel, dense with sigmoid over pictures', ['conv2d', 'dense']],
    ['rescaling, batch norm, valid convolution', ['conv2d']],
    ['rescaling before a convolution that sees beyond the border', ['affine', 'conv2d']],
    ['scaling alone before a convolution that sees beyond the border', ['conv2d']],
    [
      'rescaling before a depthwise convolution and one before a dense layer',
      ['depthwise-conv2d', 'global-max-pooling2d', 'dense'],
    ],
    [
      'batch norm and ReLU6 before a convolution, as in DenseNet, and concatenation',
      ['affine', 'conv2d', 'concatenate', 'affine'],
    ],
    ['layers that do nothing when predicting', ['conv2d']],
  ] as const)('leaves of %s: %j', (name, kinds) => {
    expect(foldedKinds(name)).toEqual(['input', ...kinds]);
  });

  it('keeps the sides of a padding that a convolution takes in', () => {
    const network = loadTfjsLayers(SMALL_NETWORKS['padding, convolution, batch norm, ReLU6']);
    expect(foldNetwork(network)[1]).toMatchObject({
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
