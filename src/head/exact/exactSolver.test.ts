import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_EXACT_CONFIG, SCALINGS, type ExactConfig } from '../../domain/headConfig.ts';
import { createRandom } from '../../domain/random.ts';
import type { FitProgress } from '../../domain/trainingRun.ts';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { applyHead } from '../softmaxHead.ts';
import type { Solution } from '../solver.ts';
import { expectOptimum, formulaSet } from '../trainingSetFixture.ts';
import type { TrainingSet } from '../trainingSet.ts';
import { solveExactly } from './exactSolver.ts';

const GIVEN: ExactConfig = { ...DEFAULT_EXACT_CONFIG, scaling: 'standardised', l2: 0.1 };

/** Runs the solver to its end; `onProgress` may abort it. */
async function run(
  set: TrainingSet,
  config: ExactConfig,
  onProgress: (progress: FitProgress) => void = () => undefined,
  { signal } = new AbortController(),
): Promise<Solution & { progress: readonly FitProgress[] }> {
  const progress: FitProgress[] = [];
  const solving = solveExactly(set, config, signal);
  let step = await solving.next();
  while (step.done !== true) {
    progress.push(step.value);
    onProgress(step.value);
    step = await solving.next();
  }
  return { ...step.value, progress };
}

/** As many random columns as photos, the first two moved by `shift` times the class. */
function wideSet(shift: number): TrainingSet {
  const random = createRandom(5);
  const size = 60;
  const classIndices = Int32Array.from({ length: size }, (_, i) => i % 2);
  const activations = Float32Array.from({ length: size * size }, (_, i) => {
    const row = Math.floor(i / size);
    return random.next() + (i % size < 2 ? shift * (row % 2) : 0);
  });
  const train = { activations, classIndices };
  return { train, validation: null, activationSize: size, numClasses: 2 };
}

const epochsOf = (progress: readonly FitProgress[]) =>
  progress.flatMap((each) => (each.kind === 'epoch' ? [each.metrics] : []));

describe.each(TEST_BACKENDS)('solveExactly on %s', (backend) => {
  beforeAll(async () => {
    await useTestBackend(backend);
  });

  it.each(SCALINGS.flatMap((scaling) => [0.1, 0.003].map((l2) => ({ scaling, l2 }))))(
    'arrives where an independent solver does: $scaling, $l2',
    async ({ scaling, l2 }) => {
      const { weights, progress, chosen } = await run(formulaSet(30, 0), { ...GIVEN, scaling, l2 });
      expectOptimum(weights, scaling, l2);
      expect(chosen).toEqual({ scaling, l2 });
      expect(progress.every(({ kind }) => kind === 'epoch')).toBe(true);
    },
  );

  it('goes down with every iteration, and measures the validation part without learning from it', async () => {
    const held = await run(formulaSet(30, 9), GIVEN);
    const epochs = epochsOf(held.progress);
    expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, index) => index + 1));
    expect(epochs[0]?.loss).toBeLessThan(Math.log(3));
    for (const { validationLoss, validationAccuracy } of epochs) {
      expect(validationLoss).toBeGreaterThan(0);
      expect((validationAccuracy ?? -1) * 9).toBeCloseTo(Math.round((validationAccuracy ?? 0) * 9));
    }
    const none = await run(formulaSet(30, 0), GIVEN);
    expect(epochsOf(none.progress).every(({ validationLoss }) => validationLoss === null)).toBe(
      true,
    );
    expect(none.weights).toEqual(held.weights);
  });

  it('searches for what is left open, fit by fit, and fits with what it found', async () => {
    const { progress, chosen, weights } = await run(formulaSet(60, 0), DEFAULT_EXACT_CONFIG);
    const searches = progress.flatMap((each) => (each.kind === 'search' ? [each] : []));
    expect(new Set(searches.map(({ total }) => total))).toEqual(new Set([42]));
    expect(searches.map(({ done }) => done)).toEqual(
      searches.map(({ done }) => done).toSorted((a, b) => a - b),
    );
    expect(chosen?.l2).toBeGreaterThan(0);
    const { scaling, l2 } = chosen ?? { scaling: 'none', l2: 0 };
    expect((await run(formulaSet(60, 0), { ...GIVEN, scaling, l2 })).weights).toEqual(weights);
  });

  it('chooses a strong penalty where there is nothing to learn, a weak one where there is', async () => {
    const config: ExactConfig = { ...DEFAULT_EXACT_CONFIG, scaling: 'standardised' };
    const learnable = (await run(wideSet(1), config)).chosen?.l2 ?? 0;
    const noise = (await run(wideSet(0), config)).chosen?.l2 ?? 0;
    expect(noise).toBeGreaterThan(5 * learnable);
  });

  it('answers alike whatever unit activations come in', async () => {
    const set = formulaSet(60, 0);
    const large = set.train.activations.map((value) => value * 64);
    const inUnits = { ...set, train: { ...set.train, activations: large } };
    const [one, other] = [
      await run(set, DEFAULT_EXACT_CONFIG),
      await run(inUnits, DEFAULT_EXACT_CONFIG),
    ];
    expect(other.chosen?.scaling).toBe(one.chosen?.scaling);
    const answers = applyHead(set.train.activations, one.weights);
    for (const [i, probability] of applyHead(large, other.weights).entries()) {
      expect(probability).toBeCloseTo(answers[i] ?? -1, 2);
    }
  });

  it('gives the same weights for the same seed, to the last bit', async () => {
    const first = await run(formulaSet(60, 0), DEFAULT_EXACT_CONFIG);
    const again = await run(formulaSet(60, 0), DEFAULT_EXACT_CONFIG);
    expect(again.weights).toEqual(first.weights);
  });

  it('aborted after an iteration, ends with the weights of that iteration', async () => {
    const controller = new AbortController();
    const stopAtThird = (each: FitProgress) => {
      if (each.kind === 'epoch' && each.metrics.epoch === 3) controller.abort();
    };
    const stopped = await run(formulaSet(30, 9), GIVEN, stopAtThird, controller);
    expect(stopped.isStoppedEarly).toBe(true);
    expect(stopped.progress).toHaveLength(3);
    expect((await run(formulaSet(30, 9), GIVEN)).isStoppedEarly).toBe(false);
  });

  it('aborted during the search, says so', async () => {
    const controller = new AbortController();
    const stopAtFifth = (each: FitProgress) => {
      if (each.kind === 'search' && each.done === 5) controller.abort();
    };
    await expect(
      run(formulaSet(30, 0), DEFAULT_EXACT_CONFIG, stopAtFifth, controller),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('takes usual settings where a photo in each class leaves nothing to choose by', async () => {
    const { chosen, progress } = await run(formulaSet(3, 0), DEFAULT_EXACT_CONFIG);
    expect(chosen?.scaling).toBe('standardised');
    expect(chosen?.l2).toBeGreaterThan(0);
    expect(progress.every(({ kind }) => kind === 'epoch')).toBe(true);
    expect(epochsOf(progress).at(-1)?.accuracy).toBe(1);
  });

  it('has an answer where photos do not differ at all', async () => {
    const set = formulaSet(30, 0);
    set.train.activations.fill(2);
    const { weights, progress } = await run(set, DEFAULT_EXACT_CONFIG);
    expect(weights.kernel.every((value) => value === 0)).toBe(true);
    expect(epochsOf(progress)).toHaveLength(1);
  });

  it('stops where the loss is no number', async () => {
    for (const config of [GIVEN, DEFAULT_EXACT_CONFIG]) {
      const set = formulaSet(30, 0);
      set.train.activations[5] = Number.POSITIVE_INFINITY;
      await expect(run(set, config)).rejects.toMatchObject({ code: 'loss-not-finite' });
    }
  });

  it('leaves no tensor behind, whichever way it ends', async () => {
    const before = tf.memory().numTensors;
    const aborted = new AbortController();
    aborted.abort();
    await run(formulaSet(30, 9), DEFAULT_EXACT_CONFIG);
    await run(formulaSet(30, 9), GIVEN, undefined, aborted).catch(() => undefined);
    expect(tf.memory().numTensors).toBe(before);
  });
});
