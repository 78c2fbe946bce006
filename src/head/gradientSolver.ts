import * as tf from '@tensorflow/tfjs-core';
import { GraftError, throwIfCancelled } from '../domain/errors.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { GradientConfig } from '../domain/headConfig.ts';
import { createRandom } from '../domain/random.ts';
import type { EpochMetrics } from '../domain/trainingRun.ts';
import { createBreather } from './breather.ts';
import type { Solution, Solver } from './solver.ts';
import {
  foldStandardisation,
  measureStandardisation,
  standardise,
  type Standardisation,
} from './standardise.ts';
import type { LabelledActivations, TrainingSet } from './trainingSet.ts';

interface SoftmaxVariables {
  /** [activationSize, numClasses] */
  readonly kernel: tf.Variable<tf.Rank.R2>;
  /** [numClasses] */
  readonly bias: tf.Variable<tf.Rank.R1>;
}

interface PartTensors {
  /** [numSamples, activationSize] */
  readonly activations: tf.Tensor2D;
  /** [numSamples, numClasses] */
  readonly targets: tf.Tensor2D;
}

/**
 * Softmax regression on standardised activations by Adam on shuffled batches: mean cross-entropy plus `l2 / 2` times the
 * squared weights (not the bias). Starts from zero, so that only the shuffles depend on the seed;
 * the same seed, data and backend (CPU or WASM) give the same weights to the last bit.
 */
export const solveByGradient: Solver<GradientConfig> = async function* (set, config, signal) {
  const standardisation = measureStandardisation(set.train.activations, set.activationSize);
  const solutionOf = (weights: HeadWeights, isStoppedEarly: boolean): Solution => ({
    weights: foldStandardisation(weights, standardisation),
    isStoppedEarly,
  });
  const variables = createVariables(set.activationSize, set.numClasses);
  const optimizer = tf.train.adam(config.learningRate);
  const train = toTensors(set.train, set, standardisation);
  const validation = set.validation && toTensors(set.validation, set, standardisation);
  try {
    const random = createRandom(config.seed);
    const breathe = createBreather();
    const order = Array.from(set.train.classIndices, (_, index) => index);
    let finished: HeadWeights | null = null;
    for (let epoch = 1; epoch <= config.epochs; epoch++) {
      const startedAt = performance.now();
      const shuffled = Int32Array.from(random.shuffled(order));
      for (let start = 0; start < shuffled.length; start += config.batchSize) {
        await breathe();
        if (signal.aborted && finished !== null) return solutionOf(finished, true);
        throwIfCancelled(signal);
        const batch = shuffled.subarray(start, start + config.batchSize);
        takeStep(variables, optimizer, train, batch, config.l2);
      }
      const metrics = measureEpoch(variables, train, validation);
      if (!Number.isFinite(metrics.loss)) {
        throw new GraftError('loss-not-finite', 'The training loss is not finite', { epoch });
      }
      finished = readWeights(variables);
      const durationMs = performance.now() - startedAt;
      yield { kind: 'epoch', metrics: { epoch, ...metrics, durationMs } };
    }
    return solutionOf(finished ?? readWeights(variables), false);
  } finally {
    for (const part of [variables, train, validation]) tf.dispose({ ...part });
    optimizer.dispose();
  }
};

/** All zero; caller disposes. */
function createVariables(activationSize: number, numClasses: number): SoftmaxVariables {
  const zeros = <Rank extends tf.Rank>(shape: tf.ShapeMap[Rank]) =>
    tf.tidy(() => tf.variable(tf.zeros<Rank>(shape)));
  return {
    kernel: zeros<tf.Rank.R2>([activationSize, numClasses]),
    bias: zeros<tf.Rank.R1>([numClasses]),
  };
}

/** Caller disposes. */
function toTensors(
  { activations, classIndices }: LabelledActivations,
  { activationSize, numClasses }: TrainingSet,
  standardisation: Standardisation,
): PartTensors {
  const targets = new Float32Array(classIndices.length * numClasses);
  for (const [row, classIndex] of classIndices.entries())
    targets[row * numClasses + classIndex] = 1;
  return {
    activations: tf.tensor2d(standardise(activations, standardisation), [
      classIndices.length,
      activationSize,
    ]),
    targets: tf.tensor2d(targets, [classIndices.length, numClasses]),
  };
}

function takeStep(
  { kernel, bias }: SoftmaxVariables,
  optimizer: tf.Optimizer,
  { activations, targets }: PartTensors,
  batch: Int32Array,
  l2: number,
): void {
  tf.tidy(() => {
    const rows = tf.tensor1d(batch, 'int32');
    const inputs = tf.gather(activations, rows);
    const probabilities = tf.softmax(tf.add<tf.Tensor2D>(tf.matMul(inputs, kernel), bias));
    const errors = tf.div<tf.Tensor2D>(
      tf.sub(probabilities, tf.gather(targets, rows)),
      batch.length,
    );
    // The gradient in closed form: it saves TF.js's tape and its whole gradient registry.
    optimizer.applyGradients({
      [kernel.name]: tf.add(tf.matMul(inputs, errors, true), tf.mul(kernel, l2)),
      [bias.name]: tf.sum(errors, 0),
    });
  });
}

/** Mean over the samples, in nats. */
function crossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.losses.softmaxCrossEntropy<tf.Tensor2D, tf.Scalar>(targets, logits);
}

function measureEpoch(
  variables: SoftmaxVariables,
  train: PartTensors,
  validation: PartTensors | null,
): Omit<EpochMetrics, 'epoch' | 'durationMs'> {
  const held = validation && measurePart(variables, validation);
  return {
    ...measurePart(variables, train),
    validationLoss: held?.loss ?? null,
    validationAccuracy: held?.accuracy ?? null,
  };
}

function measurePart(
  { kernel, bias }: SoftmaxVariables,
  { activations, targets }: PartTensors,
): { readonly loss: number; readonly accuracy: number } {
  return tf.tidy(() => {
    const logits = tf.add<tf.Tensor2D>(tf.matMul(activations, kernel), bias);
    const isRight = tf.equal(tf.argMax(logits, 1), tf.argMax(targets, 1));
    // Reading at once is fine here: solvers run in a worker, on CPU or WASM.
    const [loss = Number.NaN] = crossEntropy(logits, targets).dataSync();
    const [accuracy = Number.NaN] = tf.mean(isRight).dataSync();
    return { loss, accuracy };
  });
}

function readWeights({ kernel, bias }: SoftmaxVariables): HeadWeights {
  return {
    kernel: kernel.dataSync<'float32'>().slice(),
    bias: bias.dataSync<'float32'>().slice(),
  };
}
