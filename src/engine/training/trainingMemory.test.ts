import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { LayerChain } from '../../network/architectures/layerChain.ts';
import { vgg } from '../../network/architectures/vgg.ts';
import { networkWithoutWeights } from '../../network/weightlessFixture.ts';
import { useTestBackend } from '../backendFixture.ts';
import { positionOf, withRandomWeights } from './generatedBasesFixture.ts';
import {
  estimateTrainingBytes,
  requireTrainingMemory,
  type TrainingDemands,
} from './trainingMemory.ts';
import { randomRows, takeSteps } from './trainingFixture.ts';

const MIB = 2 ** 20;

const VGG = networkWithoutWeights(
  vgg({ origin: 'keras', depth: 16, numClasses: 1000, hasBatchNorm: false }),
);

function vggDemands(layer: string): TrainingDemands {
  const positions = [positionOf(VGG, layer)];
  const inputShape = [224, 224, 3];
  const settings = { batchNorm: 'frozen', optimizer: 'adam', batchSize: 16 } as const;
  return { network: VGG, positions, inputShape, ...settings };
}

/** Of the memory that WASM has, which only ever grows. */
function wasmBytes(): number {
  const { wasm } = tf.backend() as unknown as { readonly wasm: { readonly HEAPU8: Uint8Array } };
  return wasm.HEAPU8.length;
}

describe('requireTrainingMemory', () => {
  it('refuses the fully connected layers of a VGG16 where a gigabyte is there, and says both', () => {
    const layers = [
      ['flatten', 123_642_856],
      ['fc1', 20_878_312],
    ] as const;
    for (const [layer, numParameters] of layers) {
      const needed = estimateTrainingBytes(vggDemands(layer));
      // Weights, gradients and the two moments of Adam are the least.
      expect(needed).toBeGreaterThan(4 * 4 * numParameters);
      const neededMib = Math.round(needed / MIB);
      const failure = { code: 'training-too-large', details: { neededMib, availableMib: 1024 } };
      expect(() => requireTrainingMemory(vggDemands(layer), 1024 * MIB)).toThrow(
        expect.objectContaining(failure),
      );
    }
  });

  it('lets the last layer pass, and grows with every photo of the batch', () => {
    const demands = vggDemands('fc2');
    expect(() => requireTrainingMemory(demands, 1024 * MIB)).not.toThrow();
    const bytes = [1, 2, 3].map((batchSize) => estimateTrainingBytes({ ...demands, batchSize }));
    const [one = 0, two = 0, three = 0] = bytes;
    expect(two).toBeGreaterThan(one);
    expect(three - two).toBeCloseTo(two - one, 0);
  });
});

describe('estimateTrainingBytes', () => {
  it('is more than WASM comes to take, and less than three times it', async () => {
    await useTestBackend('wasm');
    const chain = new LayerChain('input', [12, 12, 64]);
    for (const name of ['conv1', 'conv2', 'conv3']) {
      chain.convolution(name, 256, { kernelSize: 3, hasBias: true, activation: 'relu' });
    }
    chain.plain('pool', { kind: 'global-average-pooling2d', keepDims: false });
    const network = withRandomWeights(chain.dense('probabilities', 3, 'softmax'));
    const options = { inputShape: [12, 12, 64], batchNorm: 'frozen', dropoutRate: 0 } as const;
    const activations = randomRows(16, 12 * 12 * 64);
    const training = { network, positions: [0], options, activations };
    const demands = { network, positions: [0], ...options, batchSize: 16 };
    const before = wasmBytes();
    // The memory never shrinks, so the smaller demand comes first.
    for (const optimizer of ['sgd', 'adam'] as const) {
      takeSteps(training, tf.train[optimizer](1e-4), 2).trainable.dispose();
      const share = (wasmBytes() - before) / estimateTrainingBytes({ ...demands, optimizer });
      expect(share).toBeLessThan(1);
      expect(share).toBeGreaterThan(1 / 3);
    }
  });
});
