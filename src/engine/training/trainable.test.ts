import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTfjsLayers } from '../../network/loadTfjsLayers.ts';
import { TEST_BACKENDS, useTestBackend } from '../backendFixture.ts';
import { relativeDistance } from '../goldenFixture.ts';
import { createPlan } from '../plan.ts';
import { SMALL_NETWORKS } from '../smallNetworksFixture.ts';
import { residualCase, vggCase } from './generatedBasesFixture.ts';
import { createTrainable } from './trainable.ts';
import { gradientDistance, randomRows, takeSteps, toBatch } from './trainingFixture.ts';

const BATCH_NORMS = ['frozen', 'trained'] as const;

type BatchNorm = (typeof BATCH_NORMS)[number];
type SmallName = keyof typeof SMALL_NETWORKS;

const SMALL_NAMES = Object.keys(SMALL_NETWORKS) as SmallName[];

function smallCase(name: SmallName, batchNorm: BatchNorm) {
  const options = { inputShape: [7, 6, 3], batchNorm, dropoutRate: 0 } as const;
  const network = loadTfjsLayers(SMALL_NETWORKS[name]);
  return { network, positions: [0], options, activations: randomRows(4, 7 * 6 * 3) };
}

/** Those with something to train. */
const TRAINED_CASES = SMALL_NAMES.flatMap((name) =>
  BATCH_NORMS.map((batchNorm) => ({ name, batchNorm, ...smallCase(name, batchNorm) })).filter(
    ({ network, batchNorm }) =>
      network.layers.some(({ tensors }) =>
        batchNorm === 'frozen' ? tensors.kernel : tensors.mean,
      ),
  ),
);

describe('gradients on WASM are those of the CPU', () => {
  it.each(BATCH_NORMS)('of an inverted residual block, batch norm %s', async (batchNorm) => {
    expect(await gradientDistance(residualCase(batchNorm))).toBeLessThan(1e-4);
  });

  it('of the upper block of a VGG', async () => {
    expect(await gradientDistance(vggCase())).toBeLessThan(1e-4);
  });

  it.each(TRAINED_CASES)('of $name, batch norm $batchNorm', async (each) => {
    expect(await gradientDistance(each)).toBeLessThan(1e-4);
  });
});

describe.each(TEST_BACKENDS)('training on %s lowers the loss of', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(BATCH_NORMS)('an inverted residual block by Adam, batch norm %s', (batchNorm) => {
    const { losses, trainable } = takeSteps(residualCase(batchNorm), tf.train.adam(0.01), 30);
    expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0));
    trainable.dispose();
  });

  it('the upper block of a VGG by SGD', () => {
    const { losses, trainable } = takeSteps(vggCase(), tf.train.sgd(0.05), 30);
    expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0));
    trainable.dispose();
  });
});

describe.each(TEST_BACKENDS)('predicting on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(SMALL_NAMES)('answers like the plan: %s', async (name) => {
    for (const batchNorm of BATCH_NORMS) {
      const each = smallCase(name, batchNorm);
      expect(relativeDistance(predictOf(each), await planned(each))).toBeLessThan(2e-5);
    }
  });
});

type Case = ReturnType<typeof smallCase>;

/** Probabilities where the network ends with a softmax. */
function predictOf({ network, positions, options, activations }: Case): Float32Array {
  const { numTensors } = tf.memory();
  const trainable = createTrainable(network, { positions }, options);
  const last = network.layers.at(-1);
  const answer = tf.tidy(() => {
    const output = trainable.predict(toBatch(activations));
    const isSoftmax = last !== undefined && 'activation' in last && last.activation === 'softmax';
    return (isSoftmax ? tf.softmax(output) : output).dataSync<'float32'>().slice();
  });
  trainable.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
  return answer;
}

async function planned({ network, options, activations }: Case): Promise<Float32Array> {
  const plan = createPlan(network, options.inputShape);
  const rows = Float32Array.from(activations.flatMap((row) => [...row]));
  const answer = await plan.run(rows, activations.length);
  plan.dispose();
  return answer;
}
