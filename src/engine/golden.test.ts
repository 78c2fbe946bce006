import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cutNetwork, pooledNetwork } from '../network/compose.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import { decodePng, relativeDistance } from './goldenFixture.ts';
import { createPlan } from './plan.ts';

const assets = process.env['GRAFT_ASSETS'];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe.skipIf(assets === undefined)(
  'golden activations of TensorFlow (needs GRAFT_ASSETS)',
  () => {
    const golden = join(assets ?? '', 'golden');

    function loadNetwork(name: string): Network {
      const folder = join(assets ?? '', 'weights', name);
      const modelJson = readFileSync(join(folder, 'model.json'), 'utf8');
      return loadTfjsLayers({
        modelJson,
        weights: ownBuffer(readFileSync(join(folder, 'weights.bin'))),
      });
    }

    async function readPicture(index: number): Promise<Float32Array> {
      const file = new Uint8Array(readFileSync(join(golden, `images/${index}.png`)));
      const { rgb } = await decodePng(file);
      return Float32Array.from(rgb, (byte) => byte / 127.5 - 1);
    }

    it.each([
      ['mobilenet_v2_0.35_224', 'out_relu'],
      ['mobilenet_v2_0.35_224', 'block_6_expand_relu'],
      ['mobilenet_v1_0.25_224', 'conv_pw_13_relu'],
      ['mobilenet_v1_0.25_224', 'conv_pw_6_relu'],
    ])('%s at %s', async (name, cutLayer) => {
      const network = loadNetwork(name);
      const position = network.layers.findIndex((layer) => layer.name === cutLayer);
      const cut = { positions: [position], pooling: 'global-average' } as const;
      const plan = createPlan(pooledNetwork(network, cut), [224, 224, 3]);
      const expected = new Float32Array(
        ownBuffer(readFileSync(join(golden, `${name}.${cutLayer}.f32`))),
      );
      for (let index = 0; index < 8; index++) {
        const row = expected.subarray(index * plan.outputSize, (index + 1) * plan.outputSize);
        expect(relativeDistance(await plan.run(await readPicture(index), 1), row)).toBeLessThan(
          1e-4,
        );
      }
      plan.dispose();
    });

    it('knows probabilities of MobileNetV1 to the end, through reshape and dropout', async () => {
      const network = loadNetwork('mobilenet_v1_0.25_224');
      const plan = createPlan(cutNetwork(network, network.layers.length - 1), [224, 224, 3]);
      const probabilities = await plan.run(await readPicture(0), 1);
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      plan.dispose();
    });
  },
);
