import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../../domain/random.ts';
import type { Network } from '../../network/network.ts';
import { useTestBackend, type TEST_BACKENDS } from '../backendFixture.ts';
import { createTrainable, type Trainable, type TrainableOptions } from './trainable.ts';

/** What a network is trained on in a test. */
export interface TrainingCase {
  readonly network: Network;
  readonly positions: readonly number[];
  readonly options: TrainableOptions;
  /** [numPhotos, activationSize] */
  readonly activations: readonly Float32Array[];
}

const NUM_CLASSES = 3;

/** Rows that look random and have a class each, in turn: [numPhotos, activationSize]. */
export function randomRows(numPhotos: number, activationSize: number): Float32Array[] {
  const { next } = createRandom(3);
  return Array.from({ length: numPhotos }, (_, photo) =>
    Float32Array.from(
      { length: activationSize },
      (_value, i) => next() * 2 - 1 + (i % NUM_CLASSES === photo % NUM_CLASSES ? 0.5 : 0),
    ),
  );
}

/** [numPhotos, activationSize]; caller disposes. */
export function toBatch(activations: readonly Float32Array[]): tf.Tensor2D {
  return tf.tidy(() => tf.stack(activations.map((row) => tf.tensor1d(row))) as tf.Tensor2D);
}

interface Batch {
  readonly rows: tf.Tensor2D;
  /** [numPhotos, numClasses] */
  readonly targets: tf.Tensor;
}

function batchOf({ activations }: TrainingCase, numClasses: number): Batch {
  const rows = toBatch(activations);
  const classIndices = activations.map((_, photo) => photo % Math.min(NUM_CLASSES, numClasses));
  return { rows, targets: tf.oneHot(tf.tensor1d(classIndices, 'int32'), numClasses) };
}

function lossOf(trainable: Trainable, { rows, targets }: Batch): tf.Scalar {
  const logits = trainable.train(rows, 1);
  return tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(targets, logits);
}

function numClassesOf(trainable: Trainable, { activations }: TrainingCase): number {
  return tf.tidy(() => {
    const [first = new Float32Array()] = activations;
    return trainable.predict(tf.tensor2d(first, [1, first.length])).size;
  });
}

/** Gradients of the mean cross-entropy by every variable, in their order. Leaves no tensor behind. */
async function gradientsOn(
  backend: (typeof TEST_BACKENDS)[number],
  training: TrainingCase,
): Promise<Float32Array[]> {
  await useTestBackend(backend);
  const { numTensors } = tf.memory();
  const trainable = createTrainable(training.network, training, training.options);
  const numClasses = numClassesOf(trainable, training);
  const variables = trainable.variables.map(({ variable }) => variable);
  const read = tf.tidy(() => {
    const batch = batchOf(training, numClasses);
    const { grads } = tf.variableGrads(() => lossOf(trainable, batch), variables);
    return variables.map(({ name }) => grads[name]?.dataSync<'float32'>().slice() ?? []);
  });
  trainable.dispose();
  if (tf.memory().numTensors !== numTensors) throw new Error('Tensors were left behind');
  return read as Float32Array[];
}

/**
 * The largest distance of a gradient on WASM from that on the CPU, relative to its norm. One that vanishes
 * but for rounding, as that of a shift before a batch norm, counts as a hundredth of the largest.
 */
export async function gradientDistance(training: TrainingCase): Promise<number> {
  const expected = await gradientsOn('cpu', training);
  const actual = await gradientsOn('wasm', training);
  const floor = 0.01 * Math.max(...expected.map(norm));
  const distances = expected.map((gradient, i) => {
    const difference = gradient.map((value, j) => value - (actual[i]?.[j] ?? NaN));
    return norm(difference) / Math.max(norm(gradient), floor);
  });
  return Math.max(...distances);
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** Loss before each step of the optimiser, and the trained part, which the caller disposes. */
export function takeSteps(
  training: TrainingCase,
  optimizer: tf.Optimizer,
  numSteps: number,
): { readonly losses: readonly number[]; readonly trainable: Trainable } {
  const trainable = createTrainable(training.network, training, training.options);
  const numClasses = numClassesOf(trainable, training);
  const variables = trainable.variables.map(({ variable }) => variable);
  const losses = Array.from({ length: numSteps }, () =>
    tf.tidy(() => {
      const batch = batchOf(training, numClasses);
      const { value, grads } = tf.variableGrads(() => lossOf(trainable, batch), variables);
      optimizer.applyGradients(grads);
      return value.dataSync()[0] ?? NaN;
    }),
  );
  optimizer.dispose();
  return { losses, trainable };
}
