import * as tf from '@tensorflow/tfjs-core';
import type { Trainable } from '../../engine/training/trainable.ts';
import type { LayerOptimizer } from '../gradient/optimizer.ts';
import type { LabelledActivations } from '../trainingSet.ts';

/** Some photos of a part, on the active backend. */
export interface Batch {
  /** [batchSize, activationSize] */
  readonly rows: tf.Tensor2D;
  /** [batchSize] */
  readonly classes: tf.Tensor1D;
}

export interface BatchOutcome {
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  readonly numRight: number;
}

/** The photos of the part at `samples`; caller disposes. */
export function batchOf(
  { activations, classIndices }: LabelledActivations,
  samples: readonly number[],
): Batch {
  const size = activations.length / classIndices.length;
  const rows = new Float32Array(samples.length * size);
  for (const [row, sample] of samples.entries()) {
    rows.set(activations.subarray(sample * size, (sample + 1) * size), row * size);
  }
  const classes = Int32Array.from(samples, (sample) => classIndices[sample] ?? 0);
  return {
    rows: tf.tensor2d(rows, [samples.length, size]),
    classes: tf.tensor1d(classes, 'int32'),
  };
}

/** One step of gradient descent on the mean cross-entropy of the batch, and how the batch did before it. */
export async function takeStep(
  trainable: Trainable,
  optimizer: LayerOptimizer,
  { rows, classes }: Batch,
  { seed, learningRate }: { readonly seed: number; readonly learningRate: number },
): Promise<BatchOutcome> {
  const variables = trainable.variables.map(({ variable }) => variable);
  const measured = tf.tidy(() => {
    const numRight: tf.Scalar[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const logits = trainable.train(rows, seed);
      const isRight = tf.equal(tf.argMax(logits, 1), classes);
      numRight.push(tf.keep(tf.sum(tf.cast(isRight, 'float32'))));
      const targets = tf.oneHot(classes, logits.shape[1]);
      return tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(targets, logits);
    }, variables);
    const gradients = variables.flatMap((variable) => {
      const gradient = grads[variable.name];
      return gradient === undefined ? [] : [{ variable, gradient }];
    });
    optimizer.apply([gradients], learningRate);
    return [value, ...numRight];
  });
  const [loss = Number.NaN, numRight = Number.NaN] = await Promise.all(measured.map(readScalar));
  tf.dispose(measured);
  return { loss, numRight };
}

async function readScalar(scalar: tf.Scalar): Promise<number> {
  const [value = Number.NaN] = await scalar.data<'float32'>();
  return value;
}
