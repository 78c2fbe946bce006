import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random.ts';
import type { Layer } from '../../network/network.ts';
import { TEST_BACKENDS, useTestBackend } from '../backendFixture.ts';
import { relativeDistance } from '../goldenFixture.ts';
import { registerGradients } from './registerGradients.ts';
import { TensorHoldings } from './tensorHoldings.ts';
import { bindTrainedBatchNorm } from './trainedBatchNorm.ts';
import { repeatPixels } from './upsampling.ts';

const EPSILON = 1e-3;

function wave(phase: number, shape: number[]): tf.Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  const values = Float32Array.from({ length: size }, (_, i) => Math.sin(phase + i * 1.3));
  return tf.tensor(values, shape);
}

function perChannel(...values: number[]) {
  return { shape: [values.length], values: Float32Array.from(values) };
}

const NORM: Extract<Layer, { kind: 'batch-norm' }> = {
  kind: 'batch-norm',
  epsilon: EPSILON,
  name: 'norm',
  inputs: [0],
  tensors: {
    gamma: perChannel(0.5, -1, 2),
    beta: perChannel(0.1, 0, -0.3),
    mean: perChannel(0, 0, 0),
    variance: perChannel(1, 1, 1),
  },
};

/** By definition, differentiated by TF.js operation by operation. */
function normalised(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const deviation = tf.sqrt(tf.add(variance, EPSILON));
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), deviation), gamma), beta);
}

describe.each(TEST_BACKENDS)('gradients in closed form on %s', (backend) => {
  beforeAll(async () => {
    await useTestBackend(backend);
    registerGradients();
  });

  it('of a batch norm by its batch are those of its definition', () => {
    const holdings = new TensorHoldings();
    const operation = bindTrainedBatchNorm(NORM, holdings);
    const { gamma, beta } = operation.variables as Record<'gamma' | 'beta', tf.Variable>;
    const x = wave(0.2, [2, 3, 4, 3]);
    const weighted = (y: tf.Tensor) => tf.mul(y, wave(1, y.shape));
    const ours = tf.grads((...[input]: tf.Tensor[]) =>
      weighted(operation.apply(input ? [input] : [], createRandom(1))),
    )([x, gamma, beta]);
    const theirs = tf.grads((input: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) =>
      weighted(normalised(input, scale, shift)),
    )([x, gamma, beta]);
    expect(ours).toHaveLength(3);
    for (const [i, gradient] of ours.entries()) {
      expect(relativeDistance(gradient.dataSync(), theirs[i]?.dataSync() ?? [])).toBeLessThan(1e-4);
    }
    tf.dispose([x, ours, theirs]);
    holdings.dispose();
  });

  it('of repeated pixels add up what became of each, in every photo', () => {
    const gradient = tf.grad((x: tf.Tensor) => {
      const repeated = repeatPixels(x as tf.Tensor4D, [2, 1]);
      return tf.mul(repeated, tf.reshape(tf.range(0, 16), [2, 4, 2, 1]));
    });
    const summed = gradient(tf.zeros([2, 2, 2, 1])).dataSync();
    expect([...summed].map((value) => Math.round(value * 1e4) / 1e4)).toEqual([
      2, 4, 10, 12, 18, 20, 26, 28,
    ]);
  });
});
