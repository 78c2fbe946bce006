import { describe, expect, it } from 'vitest';
import type { Layer, Network, WeightTensor } from './network.ts';
import { withRandomWeights } from './randomWeights.ts';

const tensor = (...shape: number[]): WeightTensor => ({
  shape,
  values: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(7),
});
const conv = { strides: [1, 1], dilations: [1, 1], padding: 'same', activation: 'linear' } as const;
const norm = { gamma: tensor(4), beta: tensor(4), mean: tensor(4), variance: tensor(4) };
const layers: readonly Layer[] = [
  { kind: 'input', shape: [8, 8, 16], name: 'input', inputs: [], tensors: {} },
  {
    ...{ kind: 'conv2d', ...conv, name: 'conv', inputs: [0] },
    tensors: { kernel: tensor(3, 3, 16, 64), bias: tensor(64) },
  },
  {
    ...{ kind: 'depthwise-conv2d', ...conv, name: 'depthwise', inputs: [1] },
    tensors: { kernel: tensor(5, 5, 64, 4) },
  },
  { kind: 'batch-norm', epsilon: 1e-3, name: 'norm', inputs: [2], tensors: norm },
  { kind: 'batch-norm', epsilon: 0, name: 'preprocessing', inputs: [3], tensors: norm },
  {
    ...{ kind: 'dense', activation: 'linear', name: 'dense', inputs: [4] },
    tensors: { kernel: tensor(50, 80) },
  },
];
const network: Network = { layers };
const random = withRandomWeights(network, 1);
const valuesOf = (made: Network, index: number, role: 'kernel' | 'bias' | 'gamma' | 'mean') =>
  made.layers[index]?.tensors[role]?.values ?? new Float32Array();

describe('random weights', () => {
  // Fan in 3·3·16, 5·5 since a depthwise filter sees one channel, and 50.
  it.each([
    [1, 2 / 144],
    [2, 2 / 25],
    [5, 2 / 50],
  ])('of layer %i have the variance of He et al.', (index, variance) => {
    const values = valuesOf(random, index, 'kernel');
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const found = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // The standard deviation of a variance of n values is √(2 / n) of it.
    const spread = Math.sqrt(2 / values.length);
    expect(Math.abs(found / variance - 1)).toBeLessThan(4 * spread);
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / values.length));
  });

  it('leave biases and batch norms without effect, and preprocessing as it is', () => {
    expect(valuesOf(random, 1, 'bias').every((value) => value === 0)).toBe(true);
    expect([...valuesOf(random, 3, 'gamma')]).toEqual([1, 1, 1, 1]);
    expect([...valuesOf(random, 3, 'mean')]).toEqual([0, 0, 0, 0]);
    expect([...valuesOf(random, 4, 'mean')]).toEqual([7, 7, 7, 7]);
  });

  it('are the same at each access and for each seed, and others for another', () => {
    const kernel = valuesOf(random, 1, 'kernel');
    expect(valuesOf(random, 1, 'kernel')).toEqual(kernel);
    expect(valuesOf(withRandomWeights(network, 1), 1, 'kernel')).toEqual(kernel);
    expect(valuesOf(withRandomWeights(network, 2), 1, 'kernel')).not.toEqual(kernel);
    expect(valuesOf(random, 5, 'kernel').subarray(0, 9)).not.toEqual(kernel.subarray(0, 9));
  });
});
