import * as tf from '@tensorflow/tfjs-core';
import type { FitState } from '../../domain/checkpoint.ts';
import { GraftError, throwIfCancelled } from '../../domain/errors.ts';
import type { HeadWeights } from '../../domain/head.ts';
import type { GradientConfig } from '../../domain/headConfig.ts';
import { createRandom, type Random } from '../../domain/random.ts';
import { createBreather } from '../breather.ts';
import { scalingOf } from './scaling.ts';
import { createEpochRandom } from '../epochRandom.ts';
import type { Solution, Solver } from '../solver.ts';
import { foldStandardisation } from '../standardise.ts';
import { addPenalties, backPropagate } from './backward.ts';
import { createBestWeights } from './bestWeights.ts';
import { classWeights } from './classWeights.ts';
import { clipGradients } from './clipping.ts';
import { trainingPass } from './forward.ts';
import { readLayers, restoreLayers } from './keptTensors.ts';
import { createLayers, disposeLayers, type LayerVariables } from './layers.ts';
import { learningRateAt } from './learningRate.ts';
import { measureEpoch } from './measureEpoch.ts';
import { createOptimizer } from './optimizer.ts';
import { disposePart, toTensors, type PartTensors } from './partTensors.ts';
import { readWeights } from './readWeights.ts';
import { setFromHead } from './setFromHead.ts';

/**
 * Hidden layers, if any, and softmax on scaled activations, by gradient descent on shuffled batches:
 * mean cross-entropy plus `l2 / 2` times the squared kernels plus `l1` times their magnitudes. Initial
 * kernels are drawn by the seed, shuffles and dropout by seed and epoch; the same seed, data and backend
 * (CPU or WASM) give the same weights to the last bit, whether or not the fit went on from a checkpoint.
 */
export const solveByGradient: Solver<GradientConfig> = async function* (
  set,
  config,
  signal,
  { checkpoint = null, head } = {},
) {
  const scaling = scalingOf(config.scaling, set.train.activations, set.activationSize);
  const solutionOf = (weights: HeadWeights, isStoppedEarly: boolean): Solution => ({
    weights: foldStandardisation(weights, scaling),
    isStoppedEarly,
  });
  // The same configuration left it.
  const from = checkpoint?.state as FitState | undefined;
  const initial = createRandom(config.seed);
  const layers = createLayers(config, set.activationSize, set.numClasses, initial);
  if (from !== undefined) restoreLayers(layers, from.variables);
  else if (head !== undefined) setFromHead(layers, head, set, scaling);
  const optimizer = createOptimizer(config.optimizer, from?.optimizer);
  const weightOfClass = classWeights(config.classWeights, set);
  const train = toTensors(set.train, set, scaling, weightOfClass);
  const validation = set.validation && toTensors(set.validation, set, scaling, null);
  try {
    const breathe = createBreather();
    const best = createBestWeights(config.earlyStopping, from?.best);
    const order = Array.from(set.train.classIndices, (_, index) => index);
    const stepsPerEpoch = Math.ceil(order.length / config.batchSize);
    const firstEpoch = (checkpoint?.epochs.length ?? 0) + 1;
    for (let epoch = firstEpoch; epoch <= config.epochs; epoch++) {
      const startedAt = performance.now();
      const random = createEpochRandom(config.seed, epoch);
      const shuffled = Int32Array.from(random.shuffled(order));
      for (let i = 0; i < stepsPerEpoch; i++) {
        await breathe();
        const reached = best.weights();
        if (signal.aborted && reached !== null) return solutionOf(reached, true);
        throwIfCancelled(signal);
        const batch = shuffled.subarray(i * config.batchSize, (i + 1) * config.batchSize);
        const step = (epoch - 1) * stepsPerEpoch + i;
        const rate = learningRateAt(step, { ...config, stepsPerEpoch });
        tf.tidy(() => {
          optimizer.apply(gradientsOf(layers, train, batch, config, random), rate);
        });
      }
      const metrics = measureEpoch(layers, train, validation);
      if (!Number.isFinite(metrics.loss)) {
        throw new GraftError('loss-not-finite', 'The training loss is not finite', { epoch });
      }
      const isToGoOn = best.take(readWeights(layers), metrics.validationLoss);
      const durationMs = performance.now() - startedAt;
      const readState = async () => ({
        variables: await readLayers(layers),
        optimizer: await optimizer.readState(),
        best: best.state(),
      });
      yield { kind: 'epoch', metrics: { epoch, ...metrics, durationMs }, readState };
      if (!isToGoOn) break;
    }
    return solutionOf(best.weights() ?? readWeights(layers), false);
  } finally {
    disposeLayers(layers);
    for (const part of [train, validation]) disposePart(part);
    optimizer.dispose();
  }
};

/** As they are applied, for the samples of one batch. Call in tidy. */
function gradientsOf(
  layers: readonly LayerVariables[],
  { activations, targets, weights }: PartTensors,
  batch: Int32Array,
  config: GradientConfig,
  random: Random,
) {
  const rows = tf.tensor1d(batch, 'int32');
  const pass = trainingPass(layers, tf.gather(activations, rows), random);
  const smoothed = smooth(tf.gather(targets, rows), config.labelSmoothing);
  let errors = tf.div<tf.Tensor2D>(tf.sub(tf.softmax(pass.logits), smoothed), batch.length);
  if (weights !== null) errors = tf.mul(errors, tf.gather(weights, rows));
  const gradients = backPropagate(layers, pass, errors);
  // Keras clips with the penalties added, DL4J renormalises before it adds them.
  return config.clipping.kind === 'renormalise'
    ? addPenalties(clipGradients(gradients, config.clipping), config)
    : clipGradients(addPenalties(gradients, config), config.clipping);
}

/** Label smoothing: Szegedy et al., "Rethinking the Inception Architecture" (2016), section 7. */
function smooth(targets: tf.Tensor2D, labelSmoothing: number): tf.Tensor2D {
  if (labelSmoothing === 0) return targets;
  return tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / targets.shape[1]);
}
