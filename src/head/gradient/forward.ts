import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../domain/random.ts';
import { ACTIVATIONS } from './activations.ts';
import type { BatchNormVariables, LayerVariables } from './layers.ts';

/** Keeps variances away from 0; Keras's. */
export const EPSILON = 0.001;
/** What stays, of the mean and variance so far, at each step. Runs here are short: Keras's 0.99 would lag. */
const MEMORY = 0.9;

/** Batch norm of one batch. */
interface NormTrace {
  /** [batchSize, units], of mean 0 and deviation 1. */
  readonly normalised: tf.Tensor2D;
  /** [units] */
  readonly inverseDeviations: tf.Tensor1D;
}

/** What the gradient of a layer needs to know about its forward pass. */
export interface LayerTrace {
  readonly inputs: tf.Tensor2D;
  readonly norm: NormTrace | null;
  /** Before the activation. */
  readonly sums: tf.Tensor2D;
  /** Before dropout. */
  readonly activated: tf.Tensor2D;
  /** 0 for what is left out, else what makes up for it; `null` without dropout. */
  readonly mask: tf.Tensor2D | null;
}

export interface ForwardPass {
  /** [batchSize, numClasses] */
  readonly logits: tf.Tensor2D;
  readonly traces: readonly LayerTrace[];
}

/** Logits of finished layers, for inputs [numSamples, activationSize]. Call in tidy. */
export function logitsOf(layers: readonly LayerVariables[], inputs: tf.Tensor2D): tf.Tensor2D {
  return layers.reduce((row, { kernel, bias, batchNorm, activation }) => {
    const sums = tf.add<tf.Tensor2D>(tf.matMul(row, kernel), bias);
    const normed = batchNorm === null ? sums : normalise(sums, batchNorm);
    return ACTIVATIONS[activation].apply(normed);
  }, inputs);
}

/**
 * A pass with dropout, and with batch norm over the batch (Ioffe and Szegedy 2015), whose running means
 * and variances follow. Call in tidy.
 */
export function trainingPass(
  layers: readonly LayerVariables[],
  batch: tf.Tensor2D,
  random: Random,
): ForwardPass {
  const traces: LayerTrace[] = [];
  let row = batch;
  for (const { kernel, bias, batchNorm, activation, dropout } of layers) {
    const inputs = row;
    let sums = tf.add<tf.Tensor2D>(tf.matMul(inputs, kernel), bias);
    let norm: NormTrace | null = null;
    if (batchNorm !== null) {
      norm = normaliseBatch(sums, batchNorm);
      sums = tf.add(tf.mul(norm.normalised, batchNorm.gamma), batchNorm.beta);
    }
    const activated = ACTIVATIONS[activation].apply(sums);
    const mask = dropout > 0 ? dropoutMask(activated.shape, dropout, random) : null;
    row = mask === null ? activated : tf.mul(activated, mask);
    traces.push({ inputs, norm, sums, activated, mask });
  }
  return { logits: row, traces };
}

function normalise(sums: tf.Tensor2D, { gamma, beta, mean, variance }: BatchNormVariables) {
  const factors = tf.mul(gamma, tf.rsqrt(tf.add(variance, EPSILON)));
  return tf.add<tf.Tensor2D>(tf.mul(tf.sub(sums, mean), factors), beta);
}

function normaliseBatch(sums: tf.Tensor2D, { mean, variance }: BatchNormVariables): NormTrace {
  const batchMean = tf.mean<tf.Tensor1D>(sums, 0);
  const centred = tf.sub<tf.Tensor2D>(sums, batchMean);
  const batchVariance = tf.mean<tf.Tensor1D>(tf.square(centred), 0);
  const follow = (running: tf.Variable<tf.Rank.R1>, current: tf.Tensor1D) => {
    running.assign(tf.add(tf.mul(running, MEMORY), tf.mul(current, 1 - MEMORY)));
  };
  follow(mean, batchMean);
  follow(variance, batchVariance);
  const inverseDeviations = tf.rsqrt<tf.Tensor1D>(tf.add(batchVariance, EPSILON));
  return { normalised: tf.mul(centred, inverseDeviations), inverseDeviations };
}

/** Inverted dropout (Srivastava et al. 2014): what stays is enlarged, so that prediction needs nothing. */
function dropoutMask(shape: [number, number], dropout: number, random: Random): tf.Tensor2D {
  const kept = 1 / (1 - dropout);
  const values = Float32Array.from({ length: shape[0] * shape[1] }, () =>
    random.next() < dropout ? 0 : kept,
  );
  return tf.tensor2d(values, shape);
}
