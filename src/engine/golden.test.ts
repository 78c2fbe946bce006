import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesInMemory } from '../network/byteSource.ts';
import { cutNetwork, pooledNetwork } from '../network/compose.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import type { Network } from '../network/network.ts';
import { openNetwork } from '../network/openNetwork.ts';
import { findOwnClasses } from '../network/ownClasses.ts';
import { TEST_BACKENDS, useTestBackend } from './backendFixture.ts';
import { decodePng, relativeDistance } from './goldenFixture.ts';
import { createPlan } from './plan.ts';

const assets = process.env['GRAFT_ASSETS'];

/** Plain JavaScript takes a second a picture for the larger networks. */
const NUM_PICTURES = { cpu: 2, wasm: 8 };

describe.skipIf(assets === undefined).each(TEST_BACKENDS)(
  'golden activations of TensorFlow on %s (needs GRAFT_ASSETS)',
  (backend) => {
    beforeAll(() => useTestBackend(backend));

    const golden = join(assets ?? '', 'golden');

    async function loadNetwork(name: string): Promise<Network> {
      const folder = join(assets ?? '', 'weights', name);
      const files = readdirSync(folder).map((file) =>
        bytesInMemory(file, new Uint8Array(readFileSync(join(folder, file)))),
      );
      const opened = await openNetwork(files);
      if ('network' in opened) return opened.network;
      throw new Error(`${name} was not read as layers`);
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
      ['mobilenet_v2_1.0_224', 'out_relu'],
      ['mobilenet_v2_1.0_224', 'block_13_expand_relu'],
      ['mobilenet_v1_1.0_224_notop', 'conv_pw_13_relu'],
      ['mobilenet_v2_1.0_224', 'predictions'],
    ])('%s at %s', async (name, cutLayer) => {
      const network = await loadNetwork(name);
      const position = network.layers.findIndex((layer) => layer.name === cutLayer);
      const pooling = cutLayer === 'predictions' ? 'none' : 'global-average';
      const cut = { positions: [position], pooling } as const;
      const plan = createPlan(pooledNetwork(network, cut), [224, 224, 3]);
      const expected = new Float32Array(
        ownBuffer(readFileSync(join(golden, `${name}.${cutLayer}.f32`))),
      );
      for (let index = 0; index < NUM_PICTURES[backend]; index++) {
        const row = expected.subarray(index * plan.outputSize, (index + 1) * plan.outputSize);
        expect(relativeDistance(await plan.run(await readPicture(index), 1), row)).toBeLessThan(
          1e-4,
        );
      }
      plan.dispose();
    });

    it('gives the same where TensorFlow Lite keeps the network, with its batch norms folded', async () => {
      const network = await loadNetwork('mobilenet_v2_0.35_224_pooled_tflite');
      const plan = createPlan(network, [224, 224, 3]);
      const file = readFileSync(join(golden, 'mobilenet_v2_0.35_224.out_relu.f32'));
      const expected = new Float32Array(ownBuffer(file)).subarray(0, plan.outputSize);
      const answer = await plan.run(await readPicture(0), 1);
      expect(relativeDistance(answer, expected)).toBeLessThan(1e-4);
      plan.dispose();
    });

    it('knows probabilities of MobileNetV1 to the end, through reshape and dropout', async () => {
      const network = await loadNetwork('mobilenet_v1_0.25_224');
      const plan = createPlan(cutNetwork(network, network.layers.length - 1), [224, 224, 3]);
      const probabilities = await plan.run(await readPicture(0), 1);
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      plan.dispose();
    });

    it('finds the classifiers where they are, and none where they were left out', async () => {
      const classesOf = async (name: string) =>
        findOwnClasses(await loadNetwork(name), [224, 224, 3]);
      const whole = await loadNetwork('mobilenet_v2_1.0_224');
      const predictions = whole.layers.findIndex(({ name }) => name === 'predictions');
      expect(await classesOf('mobilenet_v2_1.0_224')).toEqual({
        cut: { positions: [predictions], pooling: 'none' },
        numClasses: 1000,
        areLogits: false,
      });
      const ofV1 = await classesOf('mobilenet_v1_0.25_224');
      expect(ofV1).toMatchObject({ numClasses: 1000, areLogits: false });
      expect(await classesOf('mobilenet_v2_0.35_224')).toBeUndefined();
      expect(await classesOf('mobilenet_v1_1.0_224_notop')).toBeUndefined();
    });
  },
);
