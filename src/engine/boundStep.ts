import * as tf from '@tensorflow/tfjs-core';
import { freeValues } from '../network/lazyTensor.ts';
import type { WeightTensor } from '../network/network.ts';

/** A step bound to its constants on the active backend. */
export interface StepOperation {
  /** Caller disposes the result; inputs stay. */
  readonly apply: (inputs: readonly tf.Tensor[]) => tf.Tensor;
  /** Uploaded once, disposed with the plan. */
  readonly constants: readonly tf.Tensor[];
}

export function unary(apply: (x: tf.Tensor) => tf.Tensor): StepOperation {
  return { apply: ([x]) => tf.tidy(() => apply(given(x))), constants: [] };
}

export function given(x: tf.Tensor | undefined): tf.Tensor {
  if (x === undefined) throw new RangeError('A step has no input');
  return x;
}

export function upload(tensor: WeightTensor): tf.Tensor {
  const { shape, values } = tensor;
  const uploaded = tf.tensor(values, [...shape], 'float32');
  // WASM has copied them into its own memory; the other backends hold on to them.
  if (tf.getBackend() === 'wasm') freeValues(tensor, values);
  return uploaded;
}
