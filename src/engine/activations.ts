import * as tf from '@tensorflow/tfjs-core';
import { isPerChannel, type StepActivation } from '../network/steps.ts';
import { unary, upload, type StepOperation } from './boundStep.ts';

/** What TF.js's fused operations are told about their activation, with the constants that it needs. */
export interface FusedActivation {
  readonly settings: {
    readonly activation: tf.fused.Activation;
    readonly leakyreluAlpha?: number;
    readonly preluActivationWeights?: tf.Tensor;
  };
  readonly constants: readonly tf.Tensor[];
}

/** For an activation that `isFused` allows. */
export function fusedActivation(activation: StepActivation): FusedActivation {
  if (activation.kind === 'leaky-relu') {
    const { alpha } = activation;
    return { settings: { activation: 'leakyrelu', leakyreluAlpha: alpha }, constants: [] };
  }
  if (activation.kind === 'prelu') {
    const { values } = activation.alpha;
    const alpha = upload({ shape: [values.length], values });
    const settings = { activation: 'prelu', preluActivationWeights: alpha } as const;
    return { settings, constants: [alpha] };
  }
  return { settings: { activation: activation.kind as tf.fused.Activation }, constants: [] };
}

/** The activation as an operation of its own. */
export function bindActivation(activation: StepActivation): StepOperation {
  if (activation.kind === 'leaky-relu') return unary((x) => tf.leakyRelu(x, activation.alpha));
  if (activation.kind !== 'prelu') return unary((x) => activate(x, activation.kind));
  const alpha = upload(activation.alpha);
  const prelu = isPerChannel(activation.alpha)
    ? (x: tf.Tensor) => tf.prelu(x, alpha)
    : // TF.js's WASM kernel takes any other alpha to be one of all channels.
      (x: tf.Tensor) => tf.sub(tf.relu(x), tf.mul(alpha, tf.relu(tf.neg(x))));
  return { ...unary(prelu), constants: [alpha] };
}

function activate(
  x: tf.Tensor,
  kind: Exclude<StepActivation['kind'], 'leaky-relu' | 'prelu'>,
): tf.Tensor {
  switch (kind) {
    case 'linear':
      return tf.clone(x);
    case 'relu':
      return tf.relu(x);
    case 'relu6':
      return tf.relu6(x);
    case 'elu':
      return tf.elu(x);
    case 'selu':
      return tf.selu(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'tanh':
      return tf.tanh(x);
    case 'softmax':
      return tf.softmax(x);
    case 'softplus':
      return tf.softplus(x);
    case 'gelu':
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
    case 'swish':
      return tf.mul(x, tf.sigmoid(x));
  }
}
