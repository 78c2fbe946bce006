import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariables } from './layers.ts';

interface Activation {
  readonly apply: (inputs: tf.Tensor2D) => tf.Tensor2D;
  /** The derivative, from what the activation was given and what it gave. */
  readonly slope: (inputs: tf.Tensor2D, outputs: tf.Tensor2D) => tf.Tensor2D;
}

export const ACTIVATIONS: Readonly<Record<LayerVariables['activation'], Activation>> = {
  linear: { apply: (inputs) => inputs, slope: (inputs) => tf.onesLike(inputs) },
  relu: { apply: (inputs) => tf.relu(inputs), slope: (inputs) => tf.step(inputs) },
  elu: {
    apply: (inputs) => tf.elu(inputs),
    // Below 0, outputs are exp(inputs) - 1; above, the minimum leaves 1.
    slope: (_, outputs) => tf.add(tf.minimum(outputs, 0), 1),
  },
  tanh: {
    apply: (inputs) => tf.tanh(inputs),
    slope: (_, outputs) => tf.sub(1, tf.square(outputs)),
  },
  sigmoid: {
    apply: (inputs) => tf.sigmoid(inputs),
    slope: (_, outputs) => tf.mul(outputs, tf.sub(1, outputs)),
  },
};
