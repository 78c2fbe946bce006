import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cutNetwork, classifierNetwork } from '../../network/compose.ts';
import { ownBuffer } from '../../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../../network/loadTfjsLayers.ts';
import type { Network } from '../../network/network.ts';
import { useTestBackend } from '../backendFixture.ts';
import { decodePng } from '../goldenFixture.ts';
import { createPlan } from '../plan.ts';
import { positionOf } from './generatedBasesFixture.ts';
import { gradientDistance, takeSteps, type TrainingCase } from './trainingFixture.ts';

const assets = process.env['GRAFT_ASSETS'];
const NUM_PICTURES = 3;
const NUM_CLASSES = 3;

function readBase(folder: string): Network {
  const modelJson = readFileSync(join(folder, 'model.json'), 'utf8');
  return loadTfjsLayers({
    modelJson,
    weights: ownBuffer(readFileSync(join(folder, 'weights.bin'))),
  });
}

describe.skipIf(assets === undefined)(
  'the last block of MobileNetV2 0.35 (needs GRAFT_ASSETS)',
  () => {
    const activations: Float32Array[] = [];
    let network: Network = { layers: [] };
    let positions: number[] = [];

    beforeAll(async () => {
      await useTestBackend('wasm');
      const base = readBase(join(assets ?? '', 'weights/mobilenet_v2_0.35_224'));
      const lower = cutNetwork(base, positionOf(base, 'block_15_add'));
      const plan = createPlan(lower, [224, 224, 3]);
      for (let index = 0; index < NUM_PICTURES; index++) {
        const file = new Uint8Array(
          readFileSync(join(assets ?? '', `golden/images/${String(index)}.png`)),
        );
        const { rgb } = await decodePng(file);
        activations.push(
          await plan.run(
            Float32Array.from(rgb, (byte) => byte / 127.5 - 1),
            1,
          ),
        );
      }
      plan.dispose();
      const cut = { positions: [positionOf(base, 'out_relu')], pooling: 'global-average' } as const;
      const kernel = Float32Array.from(
        { length: 1280 * NUM_CLASSES },
        (_, i) => 0.02 * Math.sin(i * i),
      );
      const head = { kernel, bias: new Float32Array(NUM_CLASSES) };
      network = classifierNetwork({ network: base, cut, head });
      positions = [positionOf(network, 'block_15_add')];
    });

    const training = (batchNorm: 'frozen' | 'trained'): TrainingCase => {
      const options = { inputShape: [224, 224, 3], batchNorm, dropoutRate: 0 } as const;
      return { network, positions, options, activations };
    };

    it.each(['frozen', 'trained'] as const)(
      'has the gradients of the CPU on WASM, and learns by Adam, batch norm %s',
      async (batchNorm) => {
        expect(await gradientDistance(training(batchNorm))).toBeLessThan(1e-4);
        await useTestBackend('wasm');
        const { losses, trainable } = takeSteps(training(batchNorm), tf.train.adam(1e-3), 10);
        trainable.dispose();
        expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0));
      },
      120_000,
    );
  },
);
