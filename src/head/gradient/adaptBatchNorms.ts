import * as tf from '@tensorflow/tfjs-core';
import { standardise, type Standardisation } from '../standardise.ts';
import { ACTIVATIONS } from './activations.ts';
import { EPSILON } from './forward.ts';
import type { LayerVariables } from './layers.ts';

/**
 * Makes batch norms answer as if they were not there, on these activations: they were folded into the
 * layers that they follow when the head was read, and begin with the means and variances that they
 * will find. The layer's bias goes over to the norm.
 */
export function adaptBatchNorms(
  layers: readonly LayerVariables[],
  activations: Float32Array,
  scaling: Standardisation,
): void {
  if (layers.every(({ batchNorm }) => batchNorm === null)) return;
  tf.tidy(() => {
    const size = scaling.means.length;
    let row = tf.tensor2d(standardise(activations, scaling), [activations.length / size, size]);
    for (const { kernel, bias, batchNorm, activation } of layers) {
      const products = tf.matMul(row, kernel);
      row = ACTIVATIONS[activation].apply(tf.add(products, bias));
      if (batchNorm === null) continue;
      const { mean, variance } = tf.moments(products, 0);
      batchNorm.mean.assign(mean as tf.Tensor1D);
      batchNorm.variance.assign(variance as tf.Tensor1D);
      batchNorm.gamma.assign(tf.sqrt(tf.add(variance, EPSILON)));
      batchNorm.beta.assign(tf.add(mean, bias));
      bias.assign(tf.zerosLike(bias));
    }
  });
}
