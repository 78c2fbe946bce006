import type { EpochMetrics } from '../../domain/trainingRun.ts';
import type { TuningSettings } from '../../domain/tuningSettings.ts';
import type { TrainingCase } from '../../engine/training/trainingFixture.ts';
import type { LabelledActivations } from '../trainingSet.ts';
import { tuneNetwork, type TunedNetwork, type Tuning } from './tuneNetwork.ts';

export const PLAIN_TUNING: TuningSettings = {
  optimizer: { kind: 'sgd' },
  schedule: { kind: 'constant', warmUpEpochs: 0 },
  earlyStopping: null,
  labelSmoothing: 0,
  classWeights: { kind: 'none' },
  batchNorm: 'frozen',
  dropout: 0,
  learningRate: 0.05,
  epochs: 3,
  batchSize: 4,
};

/** Classes in turn, as the rows of the fixtures are made. */
export function labelled(rows: readonly Float32Array[], numClasses = 3): LabelledActivations {
  const [first = new Float32Array(0)] = rows;
  const activations = new Float32Array(rows.length * first.length);
  for (const [row, values] of rows.entries()) activations.set(values, row * first.length);
  return { activations, classIndices: Int32Array.from(rows, (_, row) => row % numClasses) };
}

export function tuningOf(training: TrainingCase, settings: Partial<TuningSettings>): Tuning {
  const { network, positions, options, activations } = training;
  const { batchNorm } = options;
  return {
    network,
    positions,
    inputShape: options.inputShape,
    set: { train: labelled(activations), validation: null, numClasses: 3 },
    settings: { ...PLAIN_TUNING, batchNorm, ...settings },
    seed: 1,
    availableBytes: 2 ** 30,
  };
}

/** Runs to its end; `onEpoch` may abort it. */
export async function tuned(
  tuning: Tuning,
  signal = new AbortController().signal,
  onEpoch: (epoch: number) => void = () => undefined,
): Promise<TunedNetwork & { readonly epochs: readonly EpochMetrics[] }> {
  const epochs: EpochMetrics[] = [];
  const running = tuneNetwork(tuning, signal);
  let step = await running.next();
  while (step.done !== true) {
    epochs.push(step.value.metrics);
    onEpoch(step.value.metrics.epoch);
    step = await running.next();
  }
  return { ...step.value, epochs };
}
