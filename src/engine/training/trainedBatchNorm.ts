import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from '../../network/network.ts';
import { given } from '../boundStep.ts';
import { columnSums } from './columnSums.ts';
import type { LayerOperation } from './layerOperation.ts';
import type { TensorHoldings } from './tensorHoldings.ts';

/**
 * What a batch norm keeps of its mean and variance at each step. PyTorch's default; with Keras's 0.99
 * they would need several hundred steps to follow, more than most runs here have.
 */
const MOMENTUM = 0.9;

interface Moments {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/**
 * Batch norm (Ioffe and Szegedy, 2015) by the mean and variance of each batch while it trains, and by
 * their moving averages, from the base's on, otherwise. The variance is the population's, as in Keras.
 */
export function bindTrainedBatchNorm(
  { tensors, epsilon }: Extract<Layer, { kind: 'batch-norm' }>,
  holdings: TensorHoldings,
): LayerOperation {
  const { gamma, beta, mean, variance } = tensors;
  if (mean === undefined || variance === undefined) throw new RangeError('No statistics');
  const statistics = {
    mean: holdings.variable(mean, false),
    variance: holdings.variable(variance, false),
  };
  const learned = {
    ...(gamma && { gamma: holdings.variable(gamma) }),
    ...(beta && { beta: holdings.variable(beta) }),
  };
  const scale = learned.gamma ?? holdings.constant(new Float32Array(mean.values.length).fill(1));
  const shift = learned.beta ?? holdings.constant(new Float32Array(mean.values.length));
  const byBatch = normaliseByBatch(epsilon, (moments) => {
    follow(statistics.mean, moments.mean);
    follow(statistics.variance, moments.variance);
  });
  const byAverages = (x: tf.Tensor) => {
    const factor = tf.div(scale, tf.sqrt(tf.add(statistics.variance, epsilon)));
    return tf.add(tf.mul(tf.sub(x, statistics.mean), factor), shift);
  };
  return {
    apply: ([input], random) =>
      tf.tidy(() => {
        const x = given(input);
        return random === null ? byAverages(x) : byBatch(x, scale, shift);
      }),
    variables: { ...learned, ...statistics },
  };
}

function follow(average: tf.Variable, latest: tf.Tensor): void {
  tf.tidy(() => {
    average.assign(tf.add(tf.mul(average, MOMENTUM), tf.mul(latest, 1 - MOMENTUM)));
  });
}

/** Of x [..., channels], scale and shift [channels]; its gradient in closed form. */
function normaliseByBatch(epsilon: number, onMoments: (moments: Moments) => void) {
  return tf.customGrad((...args) => {
    const [x, scale, shift, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const numRows = x.size / scale.size;
    const mean = tf.div(columnSums(x), numRows);
    const centred = tf.sub(x, mean);
    const variance = tf.div(columnSums(tf.square(centred)), numRows);
    onMoments({ mean, variance });
    const deviation = tf.sqrt(tf.add(variance, epsilon));
    const normal = tf.div(centred, deviation);
    save([normal, tf.div(scale, deviation)]);
    return {
      value: tf.add(tf.mul(normal, scale), shift),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [rows, factor] = saved as [tf.Tensor, tf.Tensor];
        const byShift = columnSums(dy);
        const byScale = columnSums(tf.mul(dy, rows));
        const common = tf.div(tf.add(tf.mul(rows, byScale), byShift), numRows);
        return [tf.mul(tf.sub(dy, common), factor), byScale, byShift];
      },
    };
  });
}
