import * as tf from '@tensorflow/tfjs-core';
import type { ClippingConfig } from '../../domain/gradientSettings.ts';
import type { LayerGradients, WeightGradient } from './backward.ts';

/** Divides a gradient of nothing but zeros, which stays one; DL4J's. */
const LENGTH_OF_ZEROS = 1e-5;

/**
 * Gradients as they are applied. `value` and `norm` (over all layers together) are Keras's `clipvalue` and
 * `global_clipnorm`, `renormalise` is DL4J's `GradientNormalization.RenormalizeL2PerLayer`. Call in tidy.
 */
export function clipGradients(
  layers: readonly LayerGradients[],
  clipping: ClippingConfig,
): readonly LayerGradients[] {
  switch (clipping.kind) {
    case 'none':
      return layers;
    case 'value': {
      const { clipLimit } = clipping;
      const clip = ({ variable, gradient }: WeightGradient) => ({
        variable,
        gradient: tf.clipByValue(gradient, -clipLimit, clipLimit),
      });
      return layers.map((layer) => layer.map(clip));
    }
    case 'norm': {
      const length = tf.maximum(lengthOf(layers.flat()), clipping.clipLimit);
      return layers.map((layer) => scaled(layer, tf.div(clipping.clipLimit, length)));
    }
    case 'renormalise':
      return layers.map((layer) => {
        const length = lengthOf(layer);
        const divisor = tf.where(tf.greater(length, 0), length, LENGTH_OF_ZEROS);
        return scaled(layer, tf.div(1, divisor));
      });
  }
}

function lengthOf(gradients: LayerGradients): tf.Scalar {
  const squares = gradients.map(({ gradient }) => tf.sum<tf.Scalar>(tf.square(gradient)));
  return tf.sqrt<tf.Scalar>(tf.addN(squares));
}

function scaled(layer: LayerGradients, factor: tf.Tensor): LayerGradients {
  return layer.map(({ variable, gradient }) => ({ variable, gradient: tf.mul(gradient, factor) }));
}
