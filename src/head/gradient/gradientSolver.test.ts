import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GradientConfig } from '../../domain/headConfig.ts';
import { solutionOf } from './gradientFixture.ts';
import { CONVERGING, expectOptimum, formulaSet } from '../trainingSetFixture.ts';

const BRIEF: GradientConfig = { ...CONVERGING, epochs: 5, batchSize: 7, learningRate: 0.05 };

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('solveByGradient', () => {
  it('arrives where an independent solver does', async () => {
    const { epochs, weights } = await solutionOf(formulaSet(30, 0), CONVERGING);
    expectOptimum(weights, 'standardised', 0.1);
    expect(epochs.at(-1)?.loss).toBeCloseTo(0.785232, 4);
  });

  it('gives the same weights for the same seed, to the last bit, and others for another', async () => {
    const set = formulaSet(30, 9);
    const first = await solutionOf(set, BRIEF);
    const again = await solutionOf(set, BRIEF);
    const other = await solutionOf(set, { ...BRIEF, seed: 2 });
    expect(again.weights).toEqual(first.weights);
    expect(again.epochs.map(({ loss }) => loss)).toEqual(first.epochs.map(({ loss }) => loss));
    expect(other.weights).not.toEqual(first.weights);
  });

  it('measures the validation part after every epoch, and says null where there is none', async () => {
    const held = await solutionOf(formulaSet(30, 9), BRIEF);
    expect(held.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    for (const { validationLoss, validationAccuracy } of held.epochs) {
      expect(validationLoss).toBeGreaterThan(0);
      expect((validationAccuracy ?? -1) * 9).toBeCloseTo(Math.round((validationAccuracy ?? 0) * 9));
    }
    const none = await solutionOf(formulaSet(30, 0), BRIEF);
    expect(none.epochs.every((each) => each.validationLoss === null)).toBe(true);
    expect(none.epochs.every((each) => each.validationAccuracy === null)).toBe(true);
    // What is held out has no say in the weights.
    expect(none.weights).toEqual(held.weights);
  });

  it('aborted after an epoch, ends with the weights of that epoch', async () => {
    const controller = new AbortController();
    const set = formulaSet(30, 9);
    const stopped = await solutionOf(set, BRIEF, controller.signal, (epoch) => {
      if (epoch === 2) controller.abort();
    });
    const twoEpochs = await solutionOf(set, { ...BRIEF, epochs: 2 });
    expect(stopped.epochs).toHaveLength(2);
    expect(stopped.weights).toEqual(twoEpochs.weights);
  });

  it('aborted before the first epoch is done, says so', async () => {
    const signal = AbortSignal.abort();
    await expect(solutionOf(formulaSet(30, 0), BRIEF, signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('stops early, with the weights of the epoch of the lowest validation loss', async () => {
    // Steps so large that the loss soon only goes up and down.
    const wild = { ...BRIEF, epochs: 40, learningRate: 1 };
    const whole = await solutionOf(formulaSet(30, 9), wild);
    const losses = whole.epochs.map(({ validationLoss }) => validationLoss ?? NaN);
    const patience = 4;
    let best = 0;
    while (losses.slice(best + 1, best + 1 + patience).some((loss) => loss < (losses[best] ?? 0))) {
      best = losses.findIndex((loss, i) => i > best && loss < (losses[best] ?? 0));
    }
    const stopped = await solutionOf(formulaSet(30, 9), { ...wild, earlyStopping: { patience } });
    expect(stopped.epochs).toHaveLength(best + 1 + patience);
    expect(stopped.epochs.length).toBeLessThan(40);
    const upToBest = await solutionOf(formulaSet(30, 9), { ...wild, epochs: best + 1 });
    expect(stopped.weights).toEqual(upToBest.weights);
    const nothingHeld = { ...BRIEF, earlyStopping: { patience: 1 } };
    expect((await solutionOf(formulaSet(30, 0), nothingHeld)).epochs).toHaveLength(5);
  });

  it('lets messages through while it works', async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 50);
    const { epochs } = await solutionOf(
      formulaSet(300, 0),
      { ...BRIEF, epochs: 1000 },
      controller.signal,
    );
    expect(epochs.length).toBeLessThan(1000);
  });

  it('stops where the loss is no number', async () => {
    const set = formulaSet(30, 0);
    set.train.activations[5] = Number.POSITIVE_INFINITY;
    await expect(solutionOf(set, BRIEF)).rejects.toMatchObject({
      code: 'loss-not-finite',
      details: { epoch: 1 },
    });
  });

  it('leaves no tensor behind, whichever way it ends', async () => {
    const before = tf.memory().numTensors;
    await solutionOf(formulaSet(30, 9), BRIEF);
    await solutionOf(formulaSet(30, 9), BRIEF, AbortSignal.abort()).catch(() => undefined);
    expect(tf.memory().numTensors).toBe(before);
  });
});
