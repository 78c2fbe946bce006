import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeadWeights } from '../domain/head.ts';
import type { GradientConfig } from '../domain/headConfig.ts';
import type { EpochMetrics } from '../domain/trainingRun.ts';
import { solveByGradient } from './gradientSolver.ts';
import { CONVERGING, expectOptimum, formulaSet } from './trainingSetFixture.ts';
import type { TrainingSet } from './trainingSet.ts';

const BRIEF: GradientConfig = { ...CONVERGING, epochs: 5, batchSize: 7, learningRate: 0.05 };

interface Outcome {
  readonly epochs: readonly EpochMetrics[];
  readonly weights: HeadWeights;
}

/** Runs the solver to its end; `onEpoch` may abort it. */
async function run(
  set: TrainingSet,
  config: GradientConfig,
  signal = new AbortController().signal,
  onEpoch: (epoch: number) => void = () => undefined,
): Promise<Outcome> {
  const epochs: EpochMetrics[] = [];
  const solving = solveByGradient(set, config, signal);
  let step = await solving.next();
  while (step.done !== true) {
    if (step.value.kind !== 'epoch') throw new Error('There is nothing to search for');
    epochs.push(step.value.metrics);
    onEpoch(step.value.metrics.epoch);
    step = await solving.next();
  }
  return { epochs, weights: step.value.weights };
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('solveByGradient', () => {
  it('arrives where an independent solver does', async () => {
    const { epochs, weights } = await run(formulaSet(30, 0), CONVERGING);
    expectOptimum(weights, 'standardised', 0.1);
    expect(epochs.at(-1)?.loss).toBeCloseTo(0.785232, 4);
  });

  it('gives the same weights for the same seed, to the last bit, and others for another', async () => {
    const set = formulaSet(30, 9);
    const first = await run(set, BRIEF);
    const again = await run(set, BRIEF);
    const other = await run(set, { ...BRIEF, seed: 2 });
    expect(again.weights).toEqual(first.weights);
    expect(again.epochs.map(({ loss }) => loss)).toEqual(first.epochs.map(({ loss }) => loss));
    expect(other.weights).not.toEqual(first.weights);
  });

  it('measures the validation part after every epoch, and says null where there is none', async () => {
    const held = await run(formulaSet(30, 9), BRIEF);
    expect(held.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    for (const { validationLoss, validationAccuracy } of held.epochs) {
      expect(validationLoss).toBeGreaterThan(0);
      expect((validationAccuracy ?? -1) * 9).toBeCloseTo(Math.round((validationAccuracy ?? 0) * 9));
    }
    const none = await run(formulaSet(30, 0), BRIEF);
    expect(none.epochs.every((each) => each.validationLoss === null)).toBe(true);
    expect(none.epochs.every((each) => each.validationAccuracy === null)).toBe(true);
    // What is held out has no say in the weights.
    expect(none.weights).toEqual(held.weights);
  });

  it('aborted after an epoch, ends with the weights of that epoch', async () => {
    const controller = new AbortController();
    const set = formulaSet(30, 9);
    const stopped = await run(set, BRIEF, controller.signal, (epoch) => {
      if (epoch === 2) controller.abort();
    });
    const twoEpochs = await run(set, { ...BRIEF, epochs: 2 });
    expect(stopped.epochs).toHaveLength(2);
    expect(stopped.weights).toEqual(twoEpochs.weights);
  });

  it('aborted before the first epoch is done, says so', async () => {
    const signal = AbortSignal.abort();
    await expect(run(formulaSet(30, 0), BRIEF, signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('lets messages through while it works', async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 50);
    const { epochs } = await run(formulaSet(300, 0), { ...BRIEF, epochs: 1000 }, controller.signal);
    expect(epochs.length).toBeLessThan(1000);
  });

  it('stops where the loss is no number', async () => {
    const set = formulaSet(30, 0);
    set.train.activations[5] = Number.POSITIVE_INFINITY;
    await expect(run(set, BRIEF)).rejects.toMatchObject({
      code: 'loss-not-finite',
      details: { epoch: 1 },
    });
  });

  it('leaves no tensor behind, whichever way it ends', async () => {
    const before = tf.memory().numTensors;
    await run(formulaSet(30, 9), BRIEF);
    await run(formulaSet(30, 9), BRIEF, AbortSignal.abort()).catch(() => undefined);
    expect(tf.memory().numTensors).toBe(before);
  });
});
