import * as tf from '@tensorflow/tfjs-core';
import type { WeightTensor } from '../../network/network.ts';
import { upload } from '../boundStep.ts';

/** The tensors that stay on a backend from pass to pass, so that all of them can be freed. */
export class TensorHoldings {
  readonly #held: tf.Tensor[] = [];

  variable(tensor: WeightTensor, isTrainable = true): tf.Variable {
    return this.#hold(tf.tidy(() => tf.variable(upload(tensor), isTrainable)));
  }

  /** [values.length] */
  constant(values: Float32Array): tf.Tensor1D {
    return this.#hold(tf.tensor1d(values));
  }

  dispose(): void {
    tf.dispose(this.#held);
  }

  #hold<Held extends tf.Tensor>(tensor: Held): Held {
    this.#held.push(tensor);
    return tf.keep(tensor);
  }
}
