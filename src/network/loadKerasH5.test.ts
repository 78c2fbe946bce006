import { describe, expect, it } from 'vitest';
import { toGraftError, type GraftError } from '../domain/errors.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import type { Architecture } from './architectures/architecture.ts';
import { mobileNetV1 } from './architectures/mobileNetV1.ts';
import { mobileNetV2 } from './architectures/mobileNetV2.ts';
import { bytesInMemory } from './byteSource.ts';
import { kerasH5, type FixtureStoredLayer } from './hdf5/h5Fixture.ts';
import { fixtureInput, fixtureLayer, fixtureModel, fixtureTensor } from './kerasModelFixture.ts';
import { loadKerasH5 } from './loadKerasH5.ts';
import type { Network } from './network.ts';
import type { OpenedNetwork } from './openedNetwork.ts';

/** Keras 2's names for the variables, in its order. */
const KERAS2_NAMES = {
  kernel: 'kernel:0',
  bias: 'bias:0',
  gamma: 'gamma:0',
  beta: 'beta:0',
  mean: 'moving_mean:0',
  variance: 'moving_variance:0',
  alpha: 'alpha:0',
};

type Naming = (layer: string, role: keyof typeof KERAS2_NAMES) => string;

const keras2: Naming = (layer, role) => `${layer}/${KERAS2_NAMES[role]}`;
const keras1: Naming = (layer, role) => `${layer}_${role === 'kernel' ? 'W' : role}_1:0`;

/** The architecture's weights as keras-applications publishes them: with the layers that have none. */
function storedLayers({ layers }: Architecture, nameOf: Naming): FixtureStoredLayer[] {
  return layers.map(({ name, variables }) => ({
    name,
    tensors: variables.map(({ role, shape }) =>
      fixtureTensor(nameOf(name, role ?? 'kernel'), ...shape.map((size) => size ?? 0)),
    ),
  }));
}

async function openH5(
  layers: readonly FixtureStoredLayer[],
  config?: string,
): Promise<OpenedNetwork> {
  return loadKerasH5(bytesInMemory('weights.h5', await kerasH5(layers, config)));
}

async function errorOf(opening: Promise<unknown>): Promise<GraftError> {
  return toGraftError(
    await opening.then(
      () => 'Nothing was refused',
      (reason: unknown) => reason,
    ),
  );
}

const tensorsOf = ({ layers }: Network) =>
  layers.flatMap(({ name, tensors }) =>
    Object.entries(tensors).map(([role, { values }]) => [`${name} ${role}`, values] as const),
  );

/** A width of 1/32 leaves MobileNet as it is but for the channels: 1 to 32 of them. */
const narrow = (numClasses: number | null) => mobileNetV1({ alpha: 1 / 32, numClasses });

describe('weights alone', () => {
  it.each([
    ['without the top', narrow(null), 86],
    ['with the top', narrow(7), 91],
    ['of another family', mobileNetV2({ origin: 'keras', alpha: 0.35, numClasses: null }), 154],
  ])('%s get the graph that they belong to', async (_, architecture, numLayers) => {
    const stored = storedLayers(architecture, keras2);
    const opened = await openH5(stored);
    expect(opened).toMatchObject({
      format: 'keras-h5',
      architecture: architecture.name,
      pixelRange: PIXEL_RANGES['signed-unit'],
    });
    expect(opened.network.layers).toHaveLength(numLayers);
    const values = stored.flatMap(({ tensors }) => tensors.map((tensor) => tensor.values));
    const read = tensorsOf(opened.network);
    expect(read).toHaveLength(values.length);
    read.forEach(([, tensor], i) => expect(tensor).toEqual(Float32Array.from(values[i] ?? [])));
  });

  it('may be named as Keras 1 named them, and the layers in any way', async () => {
    const stored = storedLayers(narrow(null), keras1).map((layer, i) => ({
      ...layer,
      name: `l${i}`,
    }));
    const opened = await openH5(stored);
    expect(opened.architecture).toBe('MobileNet 0.03125');
    expect(opened.network.layers[1]?.name).toBe('conv1');
  });

  it('are refused where a layer is missing, by the number that there should be', async () => {
    const stored = storedLayers(narrow(null), keras2).filter(({ name }) => name !== 'conv_pw_4_bn');
    expect(await errorOf(openH5(stored))).toMatchObject({
      code: 'base-invalid',
      message:
        'The file weights.h5 looks like MobileNet 0.03125, but has 53 layers with weights instead of 54',
      details: { file: 'weights.h5' },
    });
  });

  it('are refused where a tensor is missing or has another shape, by the name of the layer', async () => {
    const stored = storedLayers(narrow(null), keras2);
    const change = (name: string, tensors: FixtureStoredLayer['tensors']) =>
      stored.map((layer) => (layer.name === name ? { name, tensors } : layer));
    const short = change('conv_pw_4_bn', [fixtureTensor('gamma', 8)]);
    expect(await errorOf(openH5(short))).toMatchObject({ details: { layer: 'conv_pw_4_bn' } });
    const wide = change('conv_dw_3', [fixtureTensor('kernel', 3, 3, 5, 1)]);
    expect(await errorOf(openH5(wide))).toMatchObject({
      code: 'base-invalid',
      details: { layer: 'conv_dw_3', expected: '3 × 3 × 4 × 1', found: '3 × 3 × 5 × 1' },
    });
  });

  it('of a network that is not known are refused', async () => {
    const stored = [{ name: 'a', tensors: [fixtureTensor('kernel', 5, 5, 3, 8)] }];
    expect((await errorOf(openH5(stored))).message).toContain('without its topology');
    expect((await errorOf(openH5([]))).code).toBe('base-invalid');
  });
});

describe('a whole model as Keras 2 writes it', () => {
  const layers = [
    fixtureInput('in', 8, 8, 3),
    fixtureLayer('Conv2D', 'conv', { filters: 4, kernel_size: [3, 3] }, 'in'),
    fixtureLayer('BatchNormalization', 'norm', { axis: [3] }, 'conv'),
  ];
  const { modelJson } = fixtureModel(layers, []);
  const { modelTopology } = JSON.parse(modelJson) as {
    modelTopology: { model_config: unknown };
  };
  const config = JSON.stringify(modelTopology.model_config);
  const roles = ['gamma', 'beta', 'mean', 'variance'] as const;
  const conv = [fixtureTensor('conv/kernel:0', 3, 3, 3, 4), fixtureTensor('conv/bias:0', 4)];
  const norm = roles.map((role) => fixtureTensor(keras2('norm_1', role), 4));

  it('has its weights by name, whatever their order', async () => {
    const stored = [
      { name: 'norm', tensors: norm },
      { name: 'in', tensors: [] },
      { name: 'conv', tensors: conv.toReversed() },
    ];
    const opened = await openH5(stored, config);
    expect(opened).toMatchObject({ format: 'keras-h5', architecture: null, pixelRange: null });
    const read = new Map(tensorsOf(opened.network));
    expect(read.get('conv kernel')).toEqual(Float32Array.from(conv[0]?.values ?? []));
    expect(read.get('norm variance')).toEqual(Float32Array.from(norm[3]?.values ?? []));
  });

  it('is refused without one of its tensors or layers, which is named', async () => {
    const withoutBias = [
      { name: 'conv', tensors: conv.slice(0, 1) },
      { name: 'norm', tensors: norm },
    ];
    const details = { layer: 'conv', tensor: 'bias' };
    expect(await errorOf(openH5(withoutBias, config))).toMatchObject({
      code: 'base-invalid',
      details,
    });
    const withoutNorm = [{ name: 'conv', tensors: conv }];
    expect(await errorOf(openH5(withoutNorm, config))).toMatchObject({
      details: { layer: 'norm' },
    });
  });

  it('is refused where its topology is no JSON or its weights are missing', async () => {
    expect((await errorOf(openH5([], '{"class_name":'))).message).toContain('is not JSON');
    expect((await errorOf(openH5([], config))).details).toMatchObject({ layer: 'conv' });
  });
});
