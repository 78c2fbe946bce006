import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import expected from '../../tools/torch-fixtures/expected.json';
import { bytesInMemory } from '../network/byteSource.ts';
import { cutNetwork, pooledNetwork } from '../network/compose.ts';
import { inferShapes } from '../network/inferShapes.ts';
import { loadSafetensors } from '../network/loadSafetensors.ts';
import type { Network } from '../network/network.ts';
import { openNetwork } from '../network/openNetwork.ts';
import { withRandomWeights } from '../network/randomWeights.ts';
import { parsePlace, torchFixture } from '../network/safetensors/torchFixture.ts';
import { useTestBackend } from './backendFixture.ts';
import { createPlan } from './plan.ts';

/** The largest number that a stored activation can be. */
const MAX_FLOAT16 = 65504;
const NUM_PICTURES = 2;

beforeAll(() => useTestBackend('wasm'));

/** What random weights make of two pictures whose pixels are from -`range` to `range`. */
async function activationsOf(network: Network, inputShape: readonly number[], range: number) {
  const plan = createPlan(withRandomWeights(network, 1), inputShape);
  const pixels = Float32Array.from(
    { length: NUM_PICTURES * plan.inputSize },
    (_, i) => range * (((i * 7919) % 9973) / 9973 - 0.5) * 2,
  );
  const values = await plan.run(pixels, NUM_PICTURES);
  plan.dispose();
  return [values.subarray(0, plan.outputSize), values.subarray(plan.outputSize)] as const;
}

function expectUsable([first, second]: readonly [Float32Array, Float32Array]) {
  expect(Math.max(...first.map(Math.abs))).toBeLessThan(MAX_FLOAT16);
  expect(first.some((value) => value !== 0)).toBe(true);
  expect(second).not.toEqual(first);
}

function averageAt(network: Network, name: string): Network {
  const position = network.layers.findIndex((layer) => layer.name === name);
  return pooledNetwork(network, { positions: [position], pooling: 'global-average' });
}

describe('random weights give activations that can be stored and learnt from', () => {
  it.each(['torchvision', 'timm'] as const)(
    'in depthwise convolutions, from safetensors of %s',
    async (packaging) => {
      const tensors = expected.mobileNetV2[packaging].tensors.map(parsePlace);
      const { network } = loadSafetensors(torchFixture(tensors));
      expectUsable(await activationsOf(averageAt(network, 'out_relu'), [64, 64, 3], 1));
    },
  );

  // Without batch norms nothing but the weights' variance keeps thirteen layers in bounds.
  it.each(['vgg16', 'vgg16_bn'] as const)('in %s, for pixels less their means', async (name) => {
    const tensors = expected.vgg[name].tensors.map(parsePlace);
    const { network } = loadSafetensors(torchFixture(tensors));
    expectUsable(await activationsOf(averageAt(network, 'block5_pool'), [32, 32, 3], 128));
  });

  it.each(['convolutions', 'merges', 'nested', 'pictures', 'sequential'])(
    'in the imported network %s.keras',
    async (name) => {
      const path = join(import.meta.dirname, 'kerasFixtures', `${name}.keras`);
      const opened = await openNetwork([bytesInMemory(path, new Uint8Array(readFileSync(path)))]);
      if (!('network' in opened)) throw new Error('Not read as layers');
      const { network } = opened;
      const shape = [12, 12, 3];
      const isRow = (_: unknown, position: number) =>
        inferShapes(network, shape)[position]?.length === 1;
      const row = network.layers.findIndex(isRow);
      const end = row < 0 ? network.layers.length - 1 : row;
      expectUsable(await activationsOf(cutNetwork(network, end), shape, 1));
    },
  );
});
