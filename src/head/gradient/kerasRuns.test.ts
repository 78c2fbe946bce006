import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_GRADIENT_CONFIG, type GradientConfig } from '../../domain/headConfig.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import figures from '../figures/gradientRuns.json' with { type: 'json' };
import { formulaSet } from '../trainingSetFixture.ts';
import { solutionOf } from './gradientFixture.ts';

const SET = { ...formulaSet(25, 0), labelIds: ['a', 'b', 'c'] as unknown as ClassLabelId[] };

/** As all of the figures' runs are where they do not say otherwise. */
const PLAIN: GradientConfig = {
  ...DEFAULT_GRADIENT_CONFIG,
  optimizer: { kind: 'sgd' },
  epochs: figures.epochs,
  batchSize: 25,
  learningRate: figures.rate,
  scaling: 'none',
  l2: 0,
};

const CASES: Readonly<Record<keyof typeof figures.runs, Partial<GradientConfig>>> = {
  sgd: {},
  momentum: { optimizer: { kind: 'momentum', momentum: 0.9 } },
  nesterov: { optimizer: { kind: 'nesterov', momentum: 0.9 } },
  adam: { optimizer: { kind: 'adam' } },
  adamw: { optimizer: { kind: 'adamw', weightDecay: 0.5 } },
  rmsprop: { optimizer: { kind: 'rmsprop' } },
  adagrad: { optimizer: { kind: 'adagrad' } },
  step: { schedule: { kind: 'step', warmUpEpochs: 0, stepEpochs: 2, stepFactor: 0.5 } },
  'warm-up and cosine': { schedule: { kind: 'cosine', warmUpEpochs: 2 } },
  l1: { l1: 0.05 },
  l2: { l2: 0.5 },
  'initial constants': {
    l2: 0.5,
    initialisation: { kernel: { kind: 'constant', kernelValue: 0.3 }, biasValue: -0.2 },
  },
  'clipped by value': { clipping: { kind: 'value', clipLimit: 0.1 } },
  'clipped by norm': { clipping: { kind: 'norm', clipLimit: 0.2 } },
  'label smoothing': { labelSmoothing: 0.3 },
  'balanced classes': { classWeights: { kind: 'balanced' } },
  'own class weights': {
    classWeights: {
      kind: 'own',
      byClass: Object.fromEntries([
        ['a', 2],
        ['b', 0.5],
      ]),
    },
  },
};

describe.each(TEST_BACKENDS)('a run of Keras, repeated on %s', (backend) => {
  beforeAll(async () => {
    await useTestBackend(backend);
  });

  it.each(Object.entries(CASES))('%s', async (name, changes) => {
    const { weights } = await solutionOf(SET, { ...PLAIN, ...changes });
    const expected = figures.runs[name as keyof typeof CASES];
    // Keras adds Adam's epsilon before it corrects the deviations, TF.js after.
    const found = [...weights.kernel, ...weights.bias];
    const wanted = [...expected.kernel, ...expected.bias];
    expect(Math.max(...found.map((value, i) => Math.abs(value - (wanted[i] ?? NaN))))).toBeLessThan(
      1e-4,
    );
  });

  it('divided by its length, the gradient of the layer makes steps as long as the learning rate', async () => {
    const one = { ...PLAIN, epochs: 1 };
    const plain = await solutionOf(SET, one);
    const { weights } = await solutionOf(SET, { ...one, clipping: { kind: 'renormalise' } });
    const whole = (each: typeof weights) => [...each.kernel, ...each.bias];
    const length = Math.hypot(...whole(plain.weights));
    for (const [i, value] of whole(weights).entries()) {
      expect(value).toBeCloseTo(
        ((whole(plain.weights)[i] ?? NaN) / length) * PLAIN.learningRate,
        6,
      );
    }
  });
});

it('has a figure of its own for each option', () => {
  const { sgd, ...others } = figures.runs;
  for (const { kernel } of Object.values(others)) {
    const differences = kernel.map((value, i) => Math.abs(value - (sgd.kernel[i] ?? NaN)));
    expect(Math.max(...differences)).toBeGreaterThan(1e-3);
  }
});
