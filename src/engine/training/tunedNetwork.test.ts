import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { GraftError } from '../../domain/errors.ts';
import { LayerChain } from '../../network/architectures/layerChain.ts';
import { TEST_BACKENDS, useTestBackend } from '../backendFixture.ts';
import { relativeDistance } from '../goldenFixture.ts';
import { createPlan } from '../plan.ts';
import {
  invertedResidual,
  positionOf,
  residualCase,
  vggCase,
  withRandomWeights,
} from './generatedBasesFixture.ts';
import { createTrainable, type Trainable } from './trainable.ts';
import { randomRows, takeSteps, toBatch, type TrainingCase } from './trainingFixture.ts';

function withDropout(dropoutRate: number): TrainingCase {
  const training = vggCase();
  return { ...training, options: { ...training.options, dropoutRate } };
}

function make({ network, positions, options }: TrainingCase): Trainable {
  return createTrainable(network, { positions }, options);
}

const read = (compute: () => tf.Tensor) => tf.tidy(() => compute().dataSync<'float32'>().slice());

describe.each(TEST_BACKENDS)('a tuned network on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(['frozen', 'trained'] as const)(
    'is read back as what was trained, batch norm %s',
    async (batchNorm) => {
      const training = residualCase(batchNorm);
      const { trainable } = takeSteps(training, tf.train.adam(0.01), 3);
      const tuned = await trainable.readNetwork();
      const rows = toBatch(training.activations);
      const expected = read(() => tf.softmax(trainable.predict(rows)));
      trainable.dispose();

      const plan = createPlan(tuned, training.options.inputShape);
      const answer = await plan.run(rows.dataSync<'float32'>(), training.activations.length);
      plan.dispose();
      rows.dispose();
      expect(relativeDistance(answer, expected)).toBeLessThan(2e-5);
    },
  );

  it('has the base as it was below the cut, and new tensors above', async () => {
    const training = vggCase();
    const { trainable } = takeSteps(training, tf.train.sgd(0.05), 2);
    const { layers } = await trainable.readNetwork();
    trainable.dispose();
    const [cut = 0] = training.positions;
    for (const [position, layer] of training.network.layers.entries()) {
      if (position <= cut || layer.tensors.kernel === undefined)
        expect(layers[position]).toBe(layer);
      else {
        expect(layers[position]?.tensors.kernel?.values).not.toEqual(layer.tensors.kernel.values);
        expect(layers[position]?.tensors.bias?.values).not.toEqual(layer.tensors.bias?.values);
      }
    }
  });

  it('keeps batch norms that are frozen, and moves the others a tenth of the way to the batch', async () => {
    const network = invertedResidual();
    const position = positionOf(network, 'expand_BN');
    const start = network.layers[position]?.tensors;
    const afterOneStep = async (batchNorm: 'frozen' | 'trained') => {
      const { trainable } = takeSteps(residualCase(batchNorm), tf.train.sgd(0), 1);
      const { layers } = await trainable.readNetwork();
      trainable.dispose();
      return layers[position]?.tensors;
    };
    expect(await afterOneStep('frozen')).toEqual(start);

    const training = { ...residualCase('frozen'), network: { layers: network.layers.slice(0, 2) } };
    const before = make(training);
    const [mean, variance] = tf.tidy(() => {
      const values = before.predict(toBatch(training.activations));
      const moments = tf.moments(tf.reshape(values, [-1, 24]), 0);
      return [moments.mean.dataSync(), moments.variance.dataSync()] as const;
    });
    before.dispose();
    const moved = await afterOneStep('trained');
    for (let i = 0; i < 24; i++) {
      const towards = (from: number | undefined, to: number | undefined) =>
        0.9 * (from ?? NaN) + 0.1 * (to ?? NaN);
      expect(moved?.mean?.values[i]).toBeCloseTo(towards(start?.mean?.values[i], mean[i]), 5);
      expect(moved?.variance?.values[i]).toBeCloseTo(
        towards(start?.variance?.values[i], variance[i]),
        5,
      );
    }
    expect(moved?.gamma?.values).toEqual(start?.gamma?.values);
  });

  it('drops in training passes only, as the seed says', () => {
    const training = withDropout(0.5);
    const trainable = make(training);
    const rows = toBatch(training.activations);
    const pass = (seed: number) => read(() => trainable.train(rows, seed));
    const predicted = read(() => trainable.predict(rows));
    expect(pass(1)).toEqual(pass(1));
    expect(pass(1)).not.toEqual(pass(2));
    expect(pass(1)).not.toEqual(predicted);
    const whole = make(withDropout(0));
    expect(read(() => whole.train(rows, 1))).toEqual(predicted);
    for (const each of [rows, whole, trainable]) each.dispose();
  });

  it('can begin at several layers, whose outputs lie one after the other', () => {
    const network = invertedResidual();
    const options = residualCase('frozen').options;
    const whole = createTrainable(network, { positions: [0] }, options);
    const names = ['project_BN', 'input'] as const;
    const positions = names.map((name) => positionOf(network, name)).sort((a, b) => a - b);
    const upper = createTrainable(network, { positions }, options);
    const lower = createTrainable(
      { layers: network.layers.slice(0, positionOf(network, 'project_BN') + 1) },
      { positions: [0] },
      options,
    );
    const rows = toBatch(randomRows(2, 6 * 6 * 8));
    const joined = tf.concat<tf.Tensor2D>([rows, lower.predict(rows)], 1);
    const expected = read(() => whole.predict(rows));
    expect(
      relativeDistance(
        read(() => upper.predict(joined)),
        expected,
      ),
    ).toBeLessThan(1e-6);
    expect(upper.variables.length).toBeLessThan(whole.variables.length);
    for (const each of [whole, upper, lower, rows, joined]) each.dispose();
  });
});

describe('createTrainable', () => {
  beforeAll(() => useTestBackend('cpu'));
  const options = { inputShape: [6, 6, 8], batchNorm: 'frozen', dropoutRate: 0 } as const;
  const failureOf = (make: () => unknown): unknown => {
    try {
      make();
    } catch (thrown) {
      return thrown;
    }
    return null;
  };

  it.each(['depthwise', 'probabilities'])(
    'refuses to begin at %s: a shortcut leads past, or nothing is above',
    (layer) => {
      const network = invertedResidual();
      const positions = [positionOf(network, layer)];
      const failure = failureOf(() => createTrainable(network, { positions }, options));
      expect(failure).toBeInstanceOf(GraftError);
      expect(failure).toMatchObject({ code: 'cut-not-trainable', details: { layer } });
    },
  );

  it('refuses what TF.js cannot differentiate, and frees what it had made', () => {
    const chain = new LayerChain('input', [6, 6, 8]).convolution('conv', 4, { kernelSize: 1 });
    chain.plain('up', { kind: 'upsampling2d', size: [2, 2], interpolation: 'bilinear' });
    const { numTensors } = tf.memory();
    const failure = failureOf(() =>
      createTrainable(withRandomWeights(chain), { positions: [0] }, options),
    );
    expect(failure).toMatchObject({ code: 'cut-not-trainable', details: { layer: 'up' } });
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
