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
  /** [batchSize], how much each photo counts; `null`: all the same. */
  readonly weights: tf.Tensor1D | null;
}

interface StepSettings {
  /** Of dropout. */
  readonly seed: number;
  readonly learningRate: number;
  /** Share of each target that is spread evenly over all classes. */
  readonly labelSmoothing: number;
}

export interface BatchOutcome {
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  readonly numRight: number;
}

/** The photos of the part at `samples`; `weightOfClass` is [numClasses]. Caller disposes. */
export function batchOf(
  { activations, classIndices }: LabelledActivations,
  samples: readonly number[],
  weightOfClass: Float32Array | null = null,
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
    weights:
      weightOfClass && tf.tensor1d(Float32Array.from(classes, (each) => weightOfClass[each] ?? 1)),
  };
}

export function disposeBatch({ rows, classes, weights }: Batch): void {
  tf.dispose([rows, classes, ...(weights ? [weights] : [])]);
}

/**
 * One step of gradient descent on the mean over the batch of each photo's weighted cross-entropy, with smoothed
 * labels, as Keras has both, and how the batch did before it.
 */
export async function takeStep(
  trainable: Trainable,
  optimizer: LayerOptimizer,
  { rows, classes, weights }: Batch,
  { seed, learningRate, labelSmoothing }: StepSettings,
): Promise<BatchOutcome> {
  const variables = trainable.variables.map(({ variable }) => variable);
  const measured = tf.tidy(() => {
    const outcome: tf.Scalar[] = [];
    const { grads } = tf.variableGrads(() => {
      const logits = trainable.train(rows, seed);
      const isRight = tf.equal(tf.argMax(logits, 1), classes);
      const targets = tf.oneHot(classes, logits.shape[1]);
      const plainLoss = tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(targets, logits);
      const numRight = tf.sum<tf.Scalar>(tf.cast(isRight, 'float32'));
      outcome.push(tf.keep(plainLoss), tf.keep(numRight));
      if (weights === null && labelSmoothing === 0) return plainLoss;
      const each = tf.losses.softmaxCrossEntropy(
        targets,
        logits,
        weights ?? undefined,
        labelSmoothing,
        tf.Reduction.NONE,
      );
      return tf.mean<tf.Scalar>(each);
    }, variables);
    const gradients = variables.flatMap((variable) => {
      const gradient = grads[variable.name];
      return gradient === undefined ? [] : [{ variable, gradient }];
    });
    optimizer.apply([gradients], learningRate);
    return outcome;
  });
  const [loss = Number.NaN, numRight = Number.NaN] = await Promise.all(measured.map(readScalar));
  tf.dispose(measured);
  return { loss, numRight };
}

async function readScalar(scalar: tf.Scalar): Promise<number> {
  const [value = Number.NaN] = await scalar.data<'float32'>();
  return value;
}
