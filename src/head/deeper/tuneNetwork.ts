import type { TuningState } from '../../domain/checkpoint.ts';
import { GraftError, throwIfCancelled } from '../../domain/errors.ts';
import type { TunedTensor } from '../../domain/head.ts';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import type { TuningSettings } from '../../domain/tuningSettings.ts';
import { createTrainable, type Trainable } from '../../engine/training/trainable.ts';
import { requireTrainingMemory } from '../../engine/training/trainingMemory.ts';
import type { Network } from '../../network/network.ts';
import { tunedTensors, withTuned } from '../../network/tunedNetwork.ts';
import { createBreather } from '../breather.ts';
import { createEpochRandom } from '../epochRandom.ts';
import { createBestWeights } from '../gradient/bestWeights.ts';
import { classWeights } from '../gradient/classWeights.ts';
import { learningRateAt } from '../gradient/learningRate.ts';
import { createOptimizer, type LayerOptimizer } from '../gradient/optimizer.ts';
import type { TrainingSet } from '../trainingSet.ts';
import { measurePart } from './answerRows.ts';
import { batchOf, disposeBatch, takeStep } from './tuningStep.ts';

export interface Tuning {
  /** From its input to the logits or probabilities of the classes, with the weights to begin with. */
  readonly network: Network;
  /** What an earlier training has made of some of these weights: it begins with that instead. */
  readonly tuned?: readonly TunedTensor[];
  /** Layers whose outputs are the rows of the set; everything beyond is trained. [0]: everything there is. */
  readonly positions: readonly number[];
  /** Of the network: [height, width, channels] or [size]. */
  readonly inputShape: readonly number[];
  readonly set: Omit<TrainingSet, 'activationSize'>;
  readonly settings: TuningSettings;
  readonly seed: number;
  /** That training may take beside its photos' activations. */
  readonly availableBytes: number;
  /** Of the same training, perhaps to fewer epochs: it goes on there. */
  readonly checkpoint?: TuningCheckpoint | null;
  /** Called after each batch, with those of all epochs so far. */
  readonly onStep?: (steps: StepCount) => void;
}

export interface StepCount {
  readonly done: number;
  readonly total: number;
}

export interface TuningCheckpoint {
  readonly epochs: readonly EpochMetrics[];
  readonly state: TuningState;
}

export interface TuningEpoch {
  readonly metrics: EpochMetrics;
  /** Only until more is asked for. */
  readonly readState: () => Promise<TuningState>;
}

export interface TunedNetwork {
  /** With the weights that were trained; all other layers and tensors are the same objects. */
  readonly network: Network;
  /** Ended by its signal, with the weights of the last whole epoch. */
  readonly isStoppedEarly: boolean;
}

/**
 * Trains the layers beyond `positions` by gradient descent on shuffled batches, on the backend that is
 * active. Loss and accuracy of the training part are means over the epoch's batches, each before its
 * step, as Keras gives them, but without smoothing and weights, as of the validation part. Shuffles and dropout are drawn anew in each epoch from seed and epoch.
 * Errors: training-too-large {neededMib, availableMib} and cut-not-trainable {layer}, both before anything is
 * taken; cancelled (before the first epoch is done), loss-not-finite {epoch}.
 */
export async function* tuneNetwork(
  tuning: Tuning,
  signal: AbortSignal,
): AsyncGenerator<TuningEpoch, TunedNetwork> {
  const { network, settings, checkpoint = null } = tuning;
  const from = checkpoint?.state;
  const {
    optimizer: { kind },
  } = settings;
  requireTrainingMemory({ ...tuning, ...settings, optimizer: kind }, tuning.availableBytes);
  // A checkpoint has all that was tuned by then.
  const tuned = from?.variables ?? tuning.tuned;
  const trainable = createTrainable(withTuned(network, tuned), tuning, {
    inputShape: tuning.inputShape,
    batchNorm: settings.batchNorm,
    dropoutRate: settings.dropout,
  });
  const optimizer = createOptimizer(settings.optimizer, from?.optimizer);
  const best = createBestWeights(settings.earlyStopping, from?.best);
  const breathe = createBreather();
  const pause = async () => {
    await breathe();
    if (best.weights() === null) throwIfCancelled(signal);
    return signal.aborted;
  };
  const ended = (isStoppedEarly: boolean) => {
    return { network: withTuned(network, best.weights() ?? []), isStoppedEarly };
  };
  try {
    const firstEpoch = (checkpoint?.epochs.length ?? 0) + 1;
    for (let epoch = firstEpoch; epoch <= settings.epochs; epoch++) {
      const startedAt = performance.now();
      const fit = await runEpoch({ tuning, trainable, optimizer, epoch, isToStop: pause });
      if (fit === null) return ended(true);
      const held = await measurePart(trainable, tuning.set.validation, settings.batchSize);
      const metrics = {
        epoch,
        loss: fit.loss,
        accuracy: fit.accuracy,
        validationLoss: held?.loss ?? null,
        validationAccuracy: held?.accuracy ?? null,
      };
      if (!Number.isFinite(metrics.loss)) {
        throw new GraftError('loss-not-finite', 'The training loss is not finite', { epoch });
      }
      const variables = tunedTensors(network, await trainable.readNetwork());
      const isToGoOn = best.take(variables, metrics.validationLoss);
      const durationMs = performance.now() - startedAt;
      const readState = async () => ({
        variables,
        optimizer: await optimizer.readState(),
        best: best.state(),
      });
      yield { metrics: { ...metrics, durationMs }, readState };
      if (!isToGoOn) break;
    }
    return ended(false);
  } finally {
    trainable.dispose();
    optimizer.dispose();
  }
}

interface Epoch {
  readonly tuning: Tuning;
  readonly trainable: Trainable;
  readonly optimizer: LayerOptimizer;
  /** Counts from 1. */
  readonly epoch: number;
  readonly isToStop: () => Promise<boolean>;
}

/** Means over the training part; `null` once it is to stop. */
async function runEpoch({ tuning, trainable, optimizer, epoch, isToStop }: Epoch) {
  const { set, settings, seed } = tuning;
  const weightOfClass = classWeights(settings.classWeights, set);
  const random = createEpochRandom(seed, epoch);
  const numSamples = set.train.classIndices.length;
  const order = random.shuffled(Array.from({ length: numSamples }, (_, sample) => sample));
  const stepsPerEpoch = Math.ceil(numSamples / settings.batchSize);
  let [loss, numRight] = [0, 0];
  for (let i = 0; i < stepsPerEpoch; i++) {
    if (await isToStop()) return null;
    const samples = order.slice(i * settings.batchSize, (i + 1) * settings.batchSize);
    const batch = batchOf(set.train, samples, weightOfClass);
    const step = (epoch - 1) * stepsPerEpoch + i;
    const learningRate = learningRateAt(step, { ...settings, stepsPerEpoch });
    const dropoutSeed = Math.floor(random.next() * 2 ** 32);
    const outcome = await takeStep(trainable, optimizer, batch, {
      ...settings,
      seed: dropoutSeed,
      learningRate,
    });
    disposeBatch(batch);
    tuning.onStep?.({ done: step + 1, total: settings.epochs * stepsPerEpoch });
    loss += (outcome.loss * samples.length) / numSamples;
    numRight += outcome.numRight;
  }
  return { loss, accuracy: numRight / numSamples };
}
