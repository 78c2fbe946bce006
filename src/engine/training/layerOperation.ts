import type * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../domain/random.ts';
import type { TensorRole } from '../../network/network.ts';
import { given } from '../boundStep.ts';

/** What a layer does when it is trained. */
export interface LayerOperation {
  /**
   * `random` is given in a training pass, in which batch norms go by the batch and dropout drops.
   * Caller disposes the result, which is a tensor of its own even where nothing is changed.
   */
  readonly apply: (inputs: readonly tf.Tensor[], random: Random | null) => tf.Tensor;
  /** Those that are not trainable follow the batches, as a batch norm's statistics do. */
  readonly variables: Readonly<Partial<Record<TensorRole, tf.Variable>>>;
}

export function withoutVariables(apply: (x: tf.Tensor) => tf.Tensor): LayerOperation {
  return { apply: ([x]) => apply(given(x)), variables: {} };
}
