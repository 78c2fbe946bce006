import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random.ts';
import type { EpochMetrics } from '../../domain/trainingRun.ts';
import { DEFAULT_TWO_CONVOLUTIONS, FROZEN_CUT } from '../../domain/twoConvolutions.ts';
import type { Sha256 } from '../../domain/ids.ts';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { twoConvolutions } from '../../network/architectures/twoConvolutions.ts';
import { pooledNetwork } from '../../network/compose.ts';
import type { Network } from '../../network/network.ts';
import type { StepCount } from '../deeper/tuneNetwork.ts';
import type { LabelledActivations } from '../trainingSet.ts';
import { fitTwoConvolutions, type TwoConvolutionTask } from './fitTwoConvolutions.ts';
import { drawPatterns, PATTERN_SIDE } from './patternsFixture.ts';

const settings = {
  ...DEFAULT_TWO_CONVOLUTIONS,
  inputSize: PATTERN_SIDE,
  isGrey: true,
  filters: 6,
  units: 16,
};

const TASK: TwoConvolutionTask = {
  settings,
  fit: { epochs: 8, batchSize: 8, learningRate: 0.005 },
  seed: 3,
  numClasses: 2,
  frozenBase: null,
};

/** Vertical stripes and chequers; the other two kinds are for another project. */
const set = { train: drawPatterns(60, [0, 2], 1), validation: drawPatterns(20, [0, 2], 2) };

async function fitted(
  task: Partial<TwoConvolutionTask> = {},
  onSet: Parameters<typeof fitTwoConvolutions>[1] = set,
  signal = new AbortController().signal,
  onStep: (steps: StepCount) => void = () => undefined,
) {
  const epochs: EpochMetrics[] = [];
  const fitting = fitTwoConvolutions({ ...TASK, ...task }, onSet, signal, onStep);
  let step = await fitting.next();
  while (step.done !== true) {
    epochs.push(step.value);
    step = await fitting.next();
  }
  return { network: step.value, epochs };
}

/** What a frozen network gives at its pooling. */
async function pooledRows(network: Network, part: LabelledActivations) {
  const plan = createPlan(pooledNetwork(network, FROZEN_CUT), [PATTERN_SIDE, PATTERN_SIDE, 1]);
  const activations = await plan.run(part.activations, part.classIndices.length);
  plan.dispose();
  return { ...part, activations };
}

describe('a network from scratch', () => {
  // Plain JavaScript takes minutes for convolutions.
  beforeAll(() => useTestBackend('wasm'));

  it('learns to tell pictures apart, and the same again with the same seed', async () => {
    const { epochs, network } = await fitted();
    const [first, last] = [epochs[0], epochs.at(-1)];
    expect(last?.validationLoss).toBeLessThan(0.5 * (first?.validationLoss ?? 0));
    expect(last?.validationAccuracy).toBeGreaterThan(0.9);
    const again = await fitted();
    expect(again.network).toEqual(network);
    const other = await fitted({ seed: 4 });
    expect(other.network).not.toEqual(network);
  });

  it('lends its first part to a head for other classes, which stays as it is', async () => {
    const base = await fitted();
    const others = { train: drawPatterns(60, [1, 3], 5), validation: drawPatterns(20, [1, 3], 6) };
    const rows = {
      train: await pooledRows(base.network, others.train),
      validation: await pooledRows(base.network, others.validation),
    };
    const task = { frozenBase: 'any' as Sha256 };
    const { epochs, network } = await fitted(task, rows);
    expect(epochs.at(-1)?.validationAccuracy).toBeGreaterThan(0.9);
    const drawn = twoConvolutions(settings, 2, createRandom(TASK.seed));
    const [frozen = 0] = FROZEN_CUT.positions;
    expect(network.layers.slice(0, frozen + 1)).toEqual(drawn.layers.slice(0, frozen + 1));
    expect(network.layers.at(-1)).not.toEqual(drawn.layers.at(-1));
  });

  it('tells of every batch, so that the time left is known in the first epoch', async () => {
    const told: StepCount[] = [];
    const fit = { ...TASK.fit, epochs: 2, batchSize: 32 };
    await fitted({ fit }, set, undefined, (steps) => told.push(steps));
    const total = 2 * Math.ceil(set.train.classIndices.length / 32);
    expect(told).toEqual(Array.from({ length: total }, (_, i) => ({ done: i + 1, total })));
  });

  it('keeps nothing when it is cancelled, during the first epoch or later', async () => {
    for (const stopAfter of [0, 2]) {
      const controller = new AbortController();
      const fitting = fitTwoConvolutions(TASK, set, controller.signal, () => undefined);
      for (let epoch = 0; epoch < stopAfter; epoch++) await fitting.next();
      controller.abort();
      await expect(fitting.next()).rejects.toMatchObject({ code: 'cancelled' });
    }
  });

  it('refuses what will not fit before it makes anything', async () => {
    const large = { ...settings, inputSize: 96, filters: 128, units: 1024, poolSize: 1 };
    await expect(fitted({ settings: large })).rejects.toMatchObject({ code: 'training-too-large' });
  });
});
