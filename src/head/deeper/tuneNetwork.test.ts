import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { vggCase } from '../../engine/training/generatedBasesFixture.ts';
import { randomRows } from '../../engine/training/trainingFixture.ts';
import type { Network } from '../../network/network.ts';
import { labelled, tuned, tuningOf } from './tuningFixture.ts';
import { tuneNetwork } from './tuneNetwork.ts';

const valuesOf = ({ layers }: Network) =>
  layers.flatMap(({ tensors }) => Object.values(tensors).map(({ values }) => values));

const HELD = labelled(randomRows(3, 5 * 5 * 8).reverse());

describe.each(TEST_BACKENDS)('tuneNetwork on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it('trains from the pixels on, and leaves no tensor behind', async () => {
    const { numTensors } = tf.memory();
    const tuning = tuningOf(
      { ...vggCase(), positions: [0], activations: randomRows(12, 10 * 10 * 3) },
      { optimizer: { kind: 'adam' }, learningRate: 0.005, epochs: 12, dropout: 0.2 },
    );
    const { epochs, network } = await tuned(tuning);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(epochs.at(-1)?.loss).toBeLessThan(0.5 * (epochs[0]?.loss ?? 0));
    expect(epochs.at(-1)?.accuracy).toBeGreaterThan(0.8);
    expect(network.layers[1]?.tensors.kernel?.values).not.toEqual(
      tuning.network.layers[1]?.tensors.kernel?.values,
    );
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('gives the same weights to the last bit for the same seed, and others for another', async () => {
    const tuning = tuningOf(vggCase(), { dropout: 0.5 });
    const first = valuesOf((await tuned(tuning)).network);
    expect(valuesOf((await tuned(tuning)).network)).toEqual(first);
    expect(valuesOf((await tuned({ ...tuning, seed: 2 })).network)).not.toEqual(first);
  });

  it('is cancelled before the first epoch, and keeps the last whole one after it', async () => {
    const tuning = tuningOf(vggCase(), {});
    const atOnce = AbortSignal.abort();
    await expect(tuned(tuning, atOnce)).rejects.toMatchObject({ code: 'cancelled' });
    const controller = new AbortController();
    const stopped = await tuned(tuning, controller.signal, (epoch) => {
      if (epoch === 2) controller.abort();
    });
    expect(stopped.isStoppedEarly).toBe(true);
    expect(stopped.epochs).toHaveLength(2);
    const shorter = await tuned({ ...tuning, settings: { ...tuning.settings, epochs: 2 } });
    expect(valuesOf(stopped.network)).toEqual(valuesOf(shorter.network));
  });

  it('stops early at the lowest validation loss, with the weights of that epoch', async () => {
    const tuning = tuningOf(vggCase(), {
      epochs: 30,
      learningRate: 0.1,
      earlyStopping: { patience: 2 },
    });
    const { epochs, network } = await tuned({
      ...tuning,
      set: { ...tuning.set, validation: HELD },
    });
    const losses = epochs.map(({ validationLoss }) => validationLoss ?? NaN);
    const best = losses.indexOf(Math.min(...losses));
    expect(epochs).toHaveLength(best + 3);
    const upToBest = { ...tuning.settings, epochs: best + 1, earlyStopping: null };
    const shorter = await tuned({ ...tuning, settings: upToBest });
    expect(valuesOf(network)).toEqual(valuesOf(shorter.network));
  });

  it('says when the loss is no number any more', async () => {
    const tuning = tuningOf(vggCase(), { learningRate: 1e30 });
    await expect(tuned(tuning)).rejects.toMatchObject({ code: 'loss-not-finite' });
  });
});

it('refuses what does not fit before it takes anything', async () => {
  await useTestBackend('cpu');
  const tuning = { ...tuningOf(vggCase(), {}), availableBytes: 1e4 };
  const { numTensors } = tf.memory();
  const failure = { code: 'training-too-large', details: { availableMib: 0 } };
  const { signal } = new AbortController();
  await expect(tuneNetwork(tuning, signal).next()).rejects.toMatchObject(failure);
  expect(tf.memory().numTensors).toBe(numTensors);
});
