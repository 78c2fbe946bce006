import { beforeAll, describe, expect, it } from 'vitest';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { SUBJECTS } from '../../engine/exportSubjectsFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { randomNetwork } from '../../engine/randomNetworkFixture.ts';
import { SMALL_NETWORKS } from '../../engine/smallNetworksFixture.ts';
import { mobileNetV1 } from '../../network/architectures/mobileNetV1.ts';
import { attachTensors } from '../../network/attachTensors.ts';
import { bytesInMemory } from '../../network/byteSource.ts';
import { fixtureTensor } from '../../network/kerasModelFixture.ts';
import { loadOnnx } from '../../network/loadOnnx.ts';
import { loadTfjsLayers } from '../../network/loadTfjsLayers.ts';
import type { Network } from '../../network/network.ts';
import type { FloatType } from './messages.ts';
import { onnxModel } from './onnxModel.ts';

beforeAll(() => useTestBackend('cpu'));

function readBack(network: Network, inputShape: readonly number[], weights?: FloatType): Network {
  const bytes = onnxModel(network, inputShape, weights);
  return loadOnnx(bytesInMemory('model.onnx', bytes)).network;
}

async function answerOf(network: Network, inputShape: readonly number[], batch: Float32Array) {
  const plan = createPlan(network, inputShape);
  const answer = await plan.run(batch, 2);
  plan.dispose();
  return answer;
}

function batchOf(...shape: readonly number[]): Float32Array {
  return Float32Array.from(fixtureTensor('batch', 2, ...shape).values, (value) => value * 4);
}

describe('what is written as ONNX is read back', () => {
  it.each(SUBJECTS)('as layers that answer as the network: $name', async (subject) => {
    const { network, inputShape, batch } = subject;
    const answer = await answerOf(readBack(network, inputShape), inputShape, batch);
    expect(relativeDistance(answer, await subject.expected())).toBeLessThan(1e-5);
  });

  it.each(Array.from({ length: 52 }, (_, i) => i + 9))('random network %i', async (seed) => {
    const [shape, batch] = [[8, 8, 3], batchOf(8, 8, 3)];
    const network = loadTfjsLayers(randomNetwork(seed));
    const expected = await answerOf(network, shape, batch);
    const answer = await answerOf(readBack(network, shape), shape, batch);
    expect(relativeDistance(answer, expected)).toBeLessThan(1e-5);
  });
});

/** Of 32 pixels a side, with kernels of more values than stay float32. */
function smallMobileNet(): Network {
  const { layers } = mobileNetV1({ alpha: 1 / 8, numClasses: null });
  return attachTensors(layers, ({ name }, variable) => {
    const shape = variable.shape.map((size) => size ?? 0);
    const { values } = fixtureTensor(`${name}/${variable.name}`, ...shape);
    const isNorm = shape.length === 1;
    return {
      shape,
      values: Float32Array.from(values, (value) => (isNorm ? 1 + value / 8 : value)),
    };
  });
}

describe('MobileNet', () => {
  const shape = [32, 32, 3];

  it.each([
    ['float32', 1e-5, 0],
    ['float16', 5e-3, 1e-6],
  ] as const)('is read back from %s', async (weights, most, least) => {
    const network = smallMobileNet();
    const expected = await answerOf(network, shape, batchOf(...shape));
    const answer = await answerOf(readBack(network, shape, weights), shape, batchOf(...shape));
    const distance = relativeDistance(answer, expected);
    expect(distance).toBeLessThan(most);
    expect(distance).toBeGreaterThanOrEqual(least);
  });

  it('has a layer for each convolution, one for its ReLU6, and no others but the input', () => {
    const { layers } = readBack(smallMobileNet(), shape);
    const kinds = layers.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['input', 'conv2d', 'depthwise-conv2d', 'activation']));
    expect(kinds.filter((kind) => kind === 'depthwise-conv2d')).toHaveLength(13);
    expect(kinds.filter((kind) => kind === 'activation')).toHaveLength(27);
  });
});

describe('the layers that are read', () => {
  it.each([
    ['gelu', { kind: 'activation', activation: 'gelu' }],
    ['swish', { kind: 'activation', activation: 'swish' }],
    ['softplus', { kind: 'activation', activation: 'softplus' }],
  ])('have a word for %s', (name, layer) => {
    const network = loadTfjsLayers(
      SMALL_NETWORKS[`activation ${name}` as keyof typeof SMALL_NETWORKS],
    );
    expect(readBack(network, [7, 6, 3]).layers.slice(1)).toMatchObject([layer]);
  });

  it('are pooled to a row, and have their biases', () => {
    const network = loadTfjsLayers(
      SMALL_NETWORKS['max pooling of single values, global max pooling'],
    );
    expect(readBack(network, [7, 6, 3]).layers.slice(1)).toMatchObject([
      { kind: 'max-pooling2d', padding: 'valid' },
      { kind: 'global-max-pooling2d', keepDims: false },
    ]);
    const dense = loadTfjsLayers(SMALL_NETWORKS['flatten, dense, PReLU, dense, ELU']);
    const [, flatten, first, , second] = readBack(dense, [7, 6, 3]).layers;
    expect([flatten, first, second]).toMatchObject([
      { kind: 'flatten' },
      { kind: 'dense', tensors: { bias: { shape: [4] } } },
      { kind: 'dense' },
    ]);
    expect(second?.tensors).not.toHaveProperty('bias');
  });
});
