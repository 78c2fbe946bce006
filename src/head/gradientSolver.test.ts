import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeadWeights } from '../domain/head.ts';
import type { HeadConfig } from '../domain/headConfig.ts';
import type { EpochMetrics } from '../domain/trainingRun.ts';
import { solveByGradient } from './gradientSolver.ts';
import { CONVERGING, formulaSet } from './trainingSetFixture.ts';
import type { TrainingSet } from './trainingSet.ts';

const BRIEF: HeadConfig = { ...CONVERGING, epochs: 5, batchSize: 7, learningRate: 0.05 };

interface Outcome {
  readonly epochs: readonly EpochMetrics[];
  readonly weights: HeadWeights;
}

/** Runs the solver to its end; `onEpoch` may abort it. */
async function run(
  set: TrainingSet,
  config: HeadConfig,
  signal = new AbortController().signal,
  onEpoch: (epoch: number) => void = () => undefined,
): Promise<Outcome> {
  const epochs: EpochMetrics[] = [];
  const solving = solveByGradient(set, config, signal);
  let step = await solving.next();
  while (step.done !== true) {
    epochs.push(step.value);
    onEpoch(step.value.epoch);
    step = await solving.next();
  }
  return { epochs, weights: step.value };
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('solveByGradient', () => {
  // Made with scikit-learn 1.9.1 on the same formula: LogisticRegression(C=1/(0.1*30), tol=1e-12),
  // whose objective, divided by C * 30, is ours.
  it('arrives where an independent solver does', async () => {
    const { epochs, weights } = await run(formulaSet(30, 0), CONVERGING);
    const expectedKernel = [
      0.822799, -0.069101, -0.753698, -0.406325, 0.807391, -0.401066, -0.737036, -0.102033,
      0.839069, 0.249726, -0.572477, 0.32275,
    ];
    for (const [position, expected] of expectedKernel.entries()) {
      expect(weights.kernel[position]).toBeCloseTo(expected, 3);
    }
    // Adding a constant to every bias changes nothing, so they are compared around their mean.
    const meanBias = weights.bias.reduce((sum, bias) => sum + bias / 3, 0);
    for (const [position, expected] of [0.051988, -0.116284, 0.064296].entries()) {
      expect((weights.bias[position] ?? 0) - meanBias).toBeCloseTo(expected, 3);
    }
    expect(epochs.at(-1)?.loss).toBeCloseTo(0.492338, 4);
    expect(epochs.at(-1)?.accuracy).toBe(1);
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
