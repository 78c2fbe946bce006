import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HeadWeights } from '../../domain/head.ts';
import { DEFAULT_GRADIENT_CONFIG, type GradientConfig } from '../../domain/headConfig.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import figures from '../figures/renormalisedRuns.json' with { type: 'json' };
import { formulaSet } from '../trainingSetFixture.ts';
import { clipGradients } from './clipping.ts';
import { solutionOf } from './gradientFixture.ts';

const LABELS = ['a', 'b', 'c'] as unknown as ClassLabelId[];
const SET = { ...formulaSet(25, 0), labelIds: LABELS };
const HIDDEN = { units: 3, activation: 'tanh', hasBatchNorm: false, dropout: 0 } as const;

/** As all of the figures' runs are where they do not say otherwise. */
const RENORMALISED: GradientConfig = {
  ...DEFAULT_GRADIENT_CONFIG,
  optimizer: { kind: 'sgd' },
  clipping: { kind: 'renormalise' },
  hiddenLayers: [HIDDEN],
  epochs: figures.steps,
  batchSize: 25,
  learningRate: figures.rate,
  scaling: 'none',
  l2: 0,
};

const CASES: Readonly<Record<keyof typeof figures.runs, Partial<GradientConfig>>> = {
  sgd: {},
  'sgd on a softmax layer alone': { hiddenLayers: [] },
  momentum: { optimizer: { kind: 'momentum', momentum: 0.9 } },
  adam: { optimizer: { kind: 'adam' } },
  'sgd with l1 and l2': { l1: 0.05, l2: 0.5 },
};

interface StoredLayer {
  readonly kernel: readonly number[];
  readonly bias: readonly number[];
}

function headOf(layers: readonly StoredLayer[]): HeadWeights {
  const dense = layers.map(({ kernel, bias }) => ({
    kernel: Float32Array.from(kernel),
    bias: Float32Array.from(bias),
  }));
  const [last = { kernel: new Float32Array(), bias: new Float32Array() }] = dense.slice(-1);
  const hidden = dense.slice(0, -1).map((layer) => ({ ...layer, activation: 'tanh' }) as const);
  return { ...last, hidden };
}

function valuesOf({ hidden = [], ...output }: HeadWeights): number[] {
  return [...hidden, output].flatMap(({ kernel, bias }) => [...kernel, ...bias]);
}

const largestDifference = (found: readonly number[], wanted: readonly number[]) =>
  Math.max(...found.map((value, i) => Math.abs(value - (wanted[i] ?? NaN))));

async function lastWeights(name: keyof typeof CASES, changes: Partial<GradientConfig> = {}) {
  const head = { weights: headOf(figures.runs[name].first), labelIds: LABELS };
  const config = { ...RENORMALISED, ...CASES[name], ...changes };
  const { weights } = await solutionOf(SET, config, undefined, undefined, { head });
  return valuesOf(weights);
}

describe.each(TEST_BACKENDS)('DL4J’s renormalisation per layer, on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(Object.keys(CASES) as (keyof typeof CASES)[])(
    'makes the steps that PyTorch’s gradients make: %s',
    async (name) => {
      const wanted = valuesOf(headOf(figures.runs[name].last));
      const found = await lastWeights(name);
      expect(found).toHaveLength(wanted.length);
      expect(largestDifference(found, wanted)).toBeLessThan(1e-4);
      // Nor would another rule do.
      for (const clipping of [{ kind: 'none' }, { kind: 'norm', clipLimit: 1 }] as const) {
        expect(largestDifference(await lastWeights(name, { clipping }), wanted)).toBeGreaterThan(
          1e-3,
        );
      }
    },
  );
});

it('has gradients whose lengths differ from layer to layer, and from 1', () => {
  const { lengths } = figures.runs.sgd;
  const ratios = lengths
    .filter((_, i) => i % 2 === 0)
    .map((own, i) => own / (lengths[2 * i + 1] ?? 1));
  expect(Math.max(...ratios) / Math.min(...ratios)).toBeGreaterThan(1.2);
  for (const length of lengths) expect(length).toBeLessThan(0.5);
});

it('leaves a gradient of zeros alone, and brings a tiny one to length 1', async () => {
  await useTestBackend('cpu');
  const lengthOf = (values: readonly number[]) =>
    tf.tidy(() => {
      const variable = tf.variable(tf.zeros([values.length]));
      const gradient = tf.tensor1d([...values]);
      const [layer = []] = clipGradients([[{ variable, gradient }]], { kind: 'renormalise' });
      return Math.hypot(...(layer[0]?.gradient.dataSync() ?? [NaN]));
    });
  expect(lengthOf([0, 0])).toBe(0);
  expect(lengthOf([3e-9, -4e-9])).toBeCloseTo(1, 5);
});
