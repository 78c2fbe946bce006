import { GraftError, throwIfCancelled } from '../../domain/errors.ts';
import { createRandom } from '../../domain/random.ts';
import { MAX_SCRATCH_BYTES, scratchBytes, type ScratchTask } from '../../domain/scratchFit.ts';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import { FROZEN_CUT, numPixelValues } from '../../domain/twoConvolutions.ts';
import { twoConvolutions } from '../../network/architectures/twoConvolutions.ts';
import type { Network } from '../../network/network.ts';
import { tuneNetwork, type StepCount } from '../deeper/tuneNetwork.ts';
import type { TrainingSet } from '../trainingSet.ts';

/** A task without what its set says already. */
export type TwoConvolutionTask = Omit<ScratchTask, 'samples' | 'preprocessing'>;

/**
 * Trains a network of two convolutions on the backend that is active, telling of each epoch and each batch. The rows of
 * the set are pixels, or the outputs of a frozen one's pooling: then its first part is not in the network
 * that comes out, whose convolutions are as they were drawn.
 * Errors: training-too-large {neededMib, availableMib}, loss-not-finite {epoch}, cancelled.
 */
export async function* fitTwoConvolutions(
  task: TwoConvolutionTask,
  set: Pick<TrainingSet, 'train' | 'validation'>,
  signal: AbortSignal,
  onStep: (steps: StepCount) => void,
): AsyncGenerator<EpochMetrics, Network> {
  const { settings, fit, seed, numClasses, frozenBase } = task;
  const numPhotos = set.train.classIndices.length + (set.validation?.classIndices.length ?? 0);
  requireMemory(scratchBytes(settings, fit, numPhotos, numClasses));
  const { inputSize } = settings;
  const tuning = {
    network: twoConvolutions(settings, numClasses, createRandom(seed)),
    positions: frozenBase === null ? [0] : FROZEN_CUT.positions,
    inputShape: [inputSize, inputSize, numPixelValues(settings)],
    set: { ...set, numClasses },
    settings: { ...PLAIN_ADAM, ...fit },
    availableBytes: MAX_SCRATCH_BYTES,
    seed,
    onStep,
  };
  const tuned = tuneNetwork(tuning, signal);
  let step = await tuned.next();
  while (step.done !== true) {
    yield step.value.metrics;
    step = await tuned.next();
  }
  const { network } = step.value;
  // What has come of some of the epochs is not what was asked for.
  throwIfCancelled(signal);
  return network;
}

const PLAIN_ADAM = {
  optimizer: { kind: 'adam' },
  schedule: { kind: 'constant', warmUpEpochs: 0 },
  earlyStopping: null,
  labelSmoothing: 0,
  classWeights: { kind: 'none' },
  batchNorm: 'frozen',
  // Each dropout layer has its own share.
  dropout: 0,
} as const;

function requireMemory(neededBytes: number): void {
  if (neededBytes <= MAX_SCRATCH_BYTES) return;
  const toMib = (bytes: number) => Math.round(bytes / 2 ** 20);
  const [neededMib, availableMib] = [toMib(neededBytes), toMib(MAX_SCRATCH_BYTES)];
  const message = `Training takes ${String(neededMib)} MiB of ${String(availableMib)} MiB`;
  throw new GraftError('training-too-large', message, { neededMib, availableMib });
}
