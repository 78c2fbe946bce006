import { describe, expect, test } from 'vitest';
import { activationSize, cutTotals, layerUses } from '../domain/baseSummary.ts';
import { mobileNetV2 } from './architectures/mobileNetV2.ts';
import { vgg } from './architectures/vgg.ts';
import { summarise } from './summary.ts';
import { networkWithoutWeights, weightless } from './weightlessFixture.ts';

const PHOTO = [224, 224, 3];
const vgg16 = summarise(
  networkWithoutWeights(vgg({ origin: 'keras', depth: 16, numClasses: 1000, hasBatchNorm: false })),
  PHOTO,
);
const positionOf = (name: string) => vgg16.findIndex((layer) => layer.name === name);
const cutAt = (name: string) => ({ positions: [positionOf(name)], pooling: 'none' }) as const;

describe('summarise', () => {
  test('has the shapes and counts of VGG16 as Keras prints them', () => {
    expect(vgg16).toHaveLength(23);
    const [first] = vgg16;
    expect(first).toEqual({
      position: 0,
      name: 'input_1',
      kind: 'input',
      outputShape: [224, 224, 3],
      numParameters: 0,
      inputs: [],
    });
    const rows = ['block1_conv1', 'block5_pool', 'flatten', 'fc1', 'fc2', 'predictions'].map(
      (name) => vgg16[positionOf(name)],
    );
    expect(rows.map((row) => [row?.outputShape.join(' × '), row?.numParameters])).toEqual([
      ['224 × 224 × 64', 1792],
      ['7 × 7 × 512', 0],
      ['25088', 0],
      ['4096', 102_764_544],
      ['4096', 16_781_312],
      ['1000', 4_097_000],
    ]);
  });

  test('counts the moving statistics of a batch norm', () => {
    const network = weightless([
      ['in', { kind: 'input', shape: [4, 4, 6] }, {}],
      [
        'norm',
        { kind: 'batch-norm', epsilon: 1e-3 },
        { gamma: [6], beta: [6], mean: [6], variance: [6] },
      ],
    ]);
    expect(summarise(network, [4, 4, 6])[1]?.numParameters).toBe(24);
    const whole = mobileNetV2({ origin: 'keras', alpha: 1, numClasses: 1000 });
    const counts = summarise(networkWithoutWeights(whole), PHOTO).map((row) => row.numParameters);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3_538_984);
  });

  test('follows the size of the input', () => {
    const network = networkWithoutWeights(
      vgg({ origin: 'keras', depth: 16, numClasses: null, hasBatchNorm: false }),
    );
    expect(summarise(network, [96, 64, 3]).at(-1)?.outputShape).toEqual([3, 2, 512]);
  });
});

describe('a cut', () => {
  test('at fc2 of VGG16 leaves 20,485 parameters to train for five classes', () => {
    expect(cutTotals(vgg16, cutAt('fc2'), 5)).toEqual({
      numFrozen: 138_357_544 - 4_097_000,
      numTrainable: 20_485,
    });
    const uses = layerUses(vgg16, cutAt('fc2'));
    expect(uses[positionOf('fc2')]).toBe('frozen');
    expect(uses[positionOf('predictions')]).toBe('unused');
    expect(uses.filter((use) => use === 'unused')).toHaveLength(1);
  });

  test('inside a branch does not need the other branch', () => {
    const layer = { kind: 'conv2d', outputShape: [2, 2, 3], numParameters: 1 };
    const layers = [
      { ...layer, position: 0, name: 'in', inputs: [] },
      { ...layer, position: 1, name: 'left', inputs: [0] },
      { ...layer, position: 2, name: 'right', inputs: [0] },
      { ...layer, position: 3, name: 'sum', inputs: [1, 2] },
    ];
    expect(layerUses(layers, { positions: [2], pooling: 'flatten' })).toEqual([
      'frozen',
      'unused',
      'frozen',
      'unused',
    ]);
  });

  test('takes as many values as its layers and their pooling give', () => {
    const positions = [positionOf('block4_pool'), positionOf('block5_conv3')];
    const sizeWith = (pooling: Parameters<typeof activationSize>[1]['pooling']) =>
      activationSize(vgg16, { positions, pooling });
    expect(sizeWith('global-average')).toBe(1024);
    expect(sizeWith('global-max')).toBe(1024);
    expect(sizeWith('average-and-spread')).toBe(2048);
    expect(sizeWith('flatten')).toBe(14 * 14 * 1024);
    expect(activationSize(vgg16, cutAt('fc1'))).toBe(4096);
  });
});
