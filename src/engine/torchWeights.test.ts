import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import expected from '../../tools/torch-fixtures/expected.json';
import { cutNetwork, pooledNetwork } from '../network/compose.ts';
import { loadSafetensors } from '../network/loadSafetensors.ts';
import type { Network } from '../network/network.ts';
import {
  formula,
  formulaWeights,
  parsePlace,
  torchFixture,
} from '../network/safetensors/torchFixture.ts';
import { denseKernel } from '../network/safetensors/torchKernels.ts';
import { relativeDistance } from './goldenFixture.ts';
import { createPlan } from './plan.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function networkOf(tensors: readonly string[]): Network {
  return loadSafetensors(torchFixture(tensors.map(parsePlace))).network;
}

async function answer(network: Network, shape: readonly [number, number, number]) {
  const plan = createPlan(network, shape);
  const picture = formula(shape[0] * shape[1] * shape[2], 0);
  const values = await plan.run(
    Float32Array.from(picture, (value) => value * 2),
    1,
  );
  plan.dispose();
  return values;
}

const every = (values: Float32Array, step: number) => values.filter((_, i) => i % step === 0);

function average(network: Network, name: string): Network {
  const position = network.layers.findIndex((layer) => layer.name === name);
  return pooledNetwork(network, { positions: [position], pooling: 'global-average' });
}

describe('weights of PyTorch give what PyTorch gives', () => {
  it.each(['torchvision', 'timm'] as const)('MobileNetV2 of %s', async (packaging) => {
    const { tensors, everyTwentieth, probabilities } = expected.mobileNetV2[packaging];
    const network = networkOf(tensors);
    const features = await answer(average(network, 'out_relu'), [64, 64, 3]);
    expect(relativeDistance(every(features, 20), everyTwentieth)).toBeLessThan(1e-5);
    const whole = cutNetwork(network, network.layers.length - 1);
    expect(relativeDistance(await answer(whole, [64, 64, 3]), probabilities)).toBeLessThan(1e-5);
  });

  it.each(['vgg16', 'vgg16_bn'] as const)(
    '%s before its classifier',
    async (name) => {
      const { tensors, everySixteenth } = expected.vgg[name];
      const network = average(networkOf(tensors), 'block5_pool');
      const features = await answer(network, [32, 32, 3]);
      expect(relativeDistance(every(features, 16), everySixteenth)).toBeLessThan(1e-5);
    },
    60_000,
  );

  it('a fully connected layer behind a flattened picture', async () => {
    const weight = parsePlace('1.weight 5x24 F32');
    const bias = parsePlace('1.bias 5 F32');
    const kernel = denseKernel({ shape: weight.shape, values: formulaWeights(weight) }, 3);
    const network: Network = {
      layers: [
        { kind: 'input', shape: [2, 4, 3], name: 'in', inputs: [], tensors: {} },
        { kind: 'flatten', name: 'flatten', inputs: [0], tensors: {} },
        {
          kind: 'dense',
          activation: 'linear',
          name: 'fc',
          inputs: [1],
          tensors: { kernel, bias: { shape: [5], values: formulaWeights(bias) } },
        },
      ],
    };
    const values = await answer(network, [2, 4, 3]);
    expect(relativeDistance(values, expected.flattened)).toBeLessThan(1e-6);
  });
});
