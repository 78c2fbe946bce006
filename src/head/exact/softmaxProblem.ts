import * as tf from '@tensorflow/tfjs-core';
import type { LabelledActivations } from '../trainingSet.ts';
import type { Evaluation, Objective } from './lineSearch.ts';
import { toErrors, type Fit } from './softmaxErrors.ts';

/** Centred activations of some photos on the backend. */
export interface Block {
  /** [numSamples, activationSize] */
  readonly inputs: tf.Tensor2D;
  /** The same lying, kept as a copy: WASM multiplies by it tens of times faster than by a transpose. */
  readonly transposed: tf.Tensor2D;
  /** [numSamples] */
  readonly classIndices: Int32Array;
}

export type SoftmaxEvaluation = Evaluation & Fit;

export interface Penalised {
  /** [activationSize]: what each centred activation is multiplied by. */
  readonly factors: Float32Array;
  readonly l2: number;
  readonly numClasses: number;
}

/** The photos at `rows`, with `means` [activationSize] subtracted. Caller disposes. */
export function createBlock(
  { activations, classIndices }: LabelledActivations,
  rows: ArrayLike<number>,
  means: Float32Array,
): Block {
  const size = means.length;
  const centred = new Float32Array(rows.length * size);
  for (let row = 0; row < rows.length; row++) {
    const from = (rows[row] ?? 0) * size;
    for (let column = 0; column < size; column++) {
      centred[row * size + column] = (activations[from + column] ?? 0) - (means[column] ?? 0);
    }
  }
  const inputs = tf.tensor2d(centred, [rows.length, size]);
  return {
    inputs,
    transposed: tf.transpose(inputs),
    classIndices: Int32Array.from(rows, (row) => classIndices[row] ?? 0),
  };
}

/**
 * Mean cross-entropy over the photos of all blocks plus `l2 / 2` times the squared kernel, not the
 * bias. A point is the kernel, [activationSize, numClasses] row by row, then the bias, [numClasses].
 * Reads synchronously from the active backend, so that has to be CPU or WASM.
 */
export function penalisedLoss(
  blocks: readonly Block[],
  { factors, l2, numClasses }: Penalised,
): Objective<SoftmaxEvaluation> {
  const numSamples = blocks.reduce((sum, { classIndices }) => sum + classIndices.length, 0);
  const kernelSize = factors.length * numClasses;
  return (point) => {
    const gradient = new Float64Array(point.length);
    let [loss, accuracy] = [0, 0];
    for (const block of blocks) {
      const errors = logitsOf(block.inputs, point, factors);
      const fit = toErrors(errors, block.classIndices, gradient.subarray(kernelSize));
      const share = block.classIndices.length / numSamples;
      loss += fit.loss * share;
      accuracy += fit.accuracy * share;
      const pulledBack = pullBack(block.transposed, errors);
      for (let i = 0; i < kernelSize; i++) gradient[i] = (gradient[i] ?? 0) + (pulledBack[i] ?? 0);
    }
    let value = loss;
    for (let i = 0; i < point.length; i++) {
      const mean = (gradient[i] ?? 0) / numSamples;
      if (i >= kernelSize) {
        gradient[i] = mean;
        continue;
      }
      const weight = point[i] ?? 0;
      value += (l2 / 2) * weight * weight;
      gradient[i] = mean * (factors[Math.floor(i / numClasses)] ?? 0) + l2 * weight;
    }
    return { value, gradient, loss, accuracy };
  };
}

/** How a point does on photos that it may never have seen. */
export function measureBlock(block: Block, point: Float64Array, factors: Float32Array): Fit {
  const numClasses = point.length / (factors.length + 1);
  const logits = logitsOf(block.inputs, point, factors);
  return toErrors(logits, block.classIndices, new Float64Array(numClasses));
}

/** [numSamples, numClasses], row by row. */
function logitsOf(inputs: tf.Tensor2D, point: Float64Array, factors: Float32Array): Float32Array {
  const numClasses = point.length / (factors.length + 1);
  const kernelSize = factors.length * numClasses;
  // The activations lie there once for every scaling: it is the kernel that is scaled.
  const kernel = new Float32Array(kernelSize);
  for (let i = 0; i < kernelSize; i++) {
    kernel[i] = (point[i] ?? 0) * (factors[Math.floor(i / numClasses)] ?? 0);
  }
  const bias = Float32Array.from(point.subarray(kernelSize));
  return readOut(() => {
    const product = tf.matMul(inputs, tf.tensor2d(kernel, [factors.length, numClasses]));
    return tf.add(product, tf.tensor1d(bias));
  });
}

/** The inputs' transpose times `errors` [numSamples, numClasses]: [activationSize, numClasses]. */
function pullBack(transposed: tf.Tensor2D, errors: Float32Array): Float32Array {
  const [, numSamples] = transposed.shape;
  return readOut(() =>
    tf.matMul(transposed, tf.tensor2d(errors, [numSamples, errors.length / numSamples])),
  );
}

/** The values that `compute` makes. Not read within `tidy`, which would look through each of them. */
function readOut(compute: () => tf.Tensor): Float32Array {
  const result = tf.tidy(compute);
  const values = result.dataSync<'float32'>();
  result.dispose();
  return values;
}
