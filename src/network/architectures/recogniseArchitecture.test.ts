import { describe, expect, it } from 'vitest';
import type { Architecture } from './architecture.ts';
import { mobileNetV1 } from './mobileNetV1.ts';
import { mobileNetV2 } from './mobileNetV2.ts';
import { recogniseArchitecture } from './recogniseArchitecture.ts';
import { vgg } from './vgg.ts';

const variablesOf = ({ layers }: Architecture) => layers.flatMap(({ variables }) => variables);
const sizesOf = (shape: readonly (number | null)[]) => shape.map((size) => size ?? NaN);
const countParameters = (architecture: Architecture) =>
  variablesOf(architecture)
    .map(({ shape }) => sizesOf(shape).reduce((product, size) => product * size, 1))
    .reduce((sum, size) => sum + size, 0);
const kernelsOf = (architecture: Architecture) =>
  variablesOf(architecture)
    .filter(({ role }) => role === 'kernel')
    .map(({ shape }) => sizesOf(shape));

const v1 = (alpha: number, numClasses: number | null) => mobileNetV1({ alpha, numClasses });
const v2 = (alpha: number, numClasses: number | null) =>
  mobileNetV2({ origin: 'keras', alpha, numClasses });
const keras = (depth: 16 | 19, numClasses: number | null) =>
  vgg({ origin: 'keras', depth, numClasses, hasBatchNorm: false });

/** Parameters and layers as `keras.applications` of Keras 3.15 counts them. */
const COUNTED: [Architecture, string, number, number][] = [
  [v1(0.25, 1000), 'MobileNet 0.25', 475_544, 91],
  [v1(0.25, null), 'MobileNet 0.25', 218_544, 86],
  [v1(0.5, null), 'MobileNet 0.5', 829_536, 86],
  [v1(0.75, null), 'MobileNet 0.75', 1_832_976, 86],
  [v1(1, 1000), 'MobileNet 1', 4_253_864, 91],
  [v1(1, null), 'MobileNet 1', 3_228_864, 86],
  [v2(0.35, 1000), 'MobileNetV2 0.35', 1_691_208, 156],
  [v2(0.35, null), 'MobileNetV2 0.35', 410_208, 154],
  [v2(0.5, null), 'MobileNetV2 0.5', 706_224, 154],
  [v2(0.75, null), 'MobileNetV2 0.75', 1_382_064, 154],
  [v2(1, 1000), 'MobileNetV2 1', 3_538_984, 156],
  [v2(1, null), 'MobileNetV2 1', 2_257_984, 154],
  [v2(1.3, null), 'MobileNetV2 1.3', 3_766_048, 154],
  [v2(1.4, 1000), 'MobileNetV2 1.4', 6_156_712, 156],
  [keras(16, 1000), 'VGG16', 138_357_544, 23],
  [keras(16, null), 'VGG16', 14_714_688, 19],
  [keras(19, 1000), 'VGG19', 143_667_240, 26],
  [keras(19, null), 'VGG19', 20_024_384, 22],
];

describe('architectures', () => {
  it.each(COUNTED)('%# have the size of the published ones', (architecture, name, size, layers) => {
    expect(architecture.name).toBe(name);
    expect(countParameters(architecture)).toBe(size);
    expect(architecture.layers).toHaveLength(layers);
  });

  it.each(COUNTED)('%# are told by the shapes of their kernels', (architecture, name) => {
    const recognised = recogniseArchitecture('keras', kernelsOf(architecture));
    expect(recognised).toEqual(architecture);
    expect(recognised?.name).toBe(name);
  });

  it('takes PyTorch to pad all sides and to add its own epsilon', () => {
    const { layers } = mobileNetV2({ origin: 'torch', alpha: 1, numClasses: null });
    expect(layers[1]?.settings).toEqual({ kind: 'zero-padding2d', padding: [1, 1, 1, 1] });
    expect(layers[2]?.settings).toMatchObject({ kind: 'conv2d', padding: 'valid' });
    expect(layers[3]?.settings).toEqual({ kind: 'batch-norm', epsilon: Math.fround(1e-5) });
  });

  it('does not take something else for one of them', () => {
    const kernels = kernelsOf(v2(1, null));
    expect(recogniseArchitecture('keras', [])).toBeNull();
    expect(recogniseArchitecture('keras', kernels.slice(0, 20))).toBeNull();
    expect(recogniseArchitecture('keras', [[7, 7, 3, 64], ...kernels.slice(1)])).toBeNull();
    expect(recogniseArchitecture('keras', [...kernels, [1280, 10], [10, 5]])).toBeNull();
  });
});
