import { expect } from 'vitest';
import type { HeadWeights } from '../domain/head.ts';
import {
  DEFAULT_GRADIENT_CONFIG,
  type GradientConfig,
  type Scaling,
} from '../domain/headConfig.ts';
import optima from './figures/softmaxOptima.json' with { type: 'json' };
import type { LabelledActivations, TrainingSet } from './trainingSet.ts';

export const ACTIVATION_SIZE = 4;
const NUM_CLASSES = 3;
/** One for each column, so that scaling matters. */
const SIZES = [1, 3, 0.5, 1];

/** Full-batch steps small enough, and so many, that the solver arrives. */
export const CONVERGING: GradientConfig = {
  ...DEFAULT_GRADIENT_CONFIG,
  epochs: 3000,
  batchSize: 30,
  learningRate: 0.005,
  l2: 0.1,
  validationShare: 0.2,
  seed: 1,
};

/** Three classes that a formula makes, so that another language can make them too. */
export function formulaActivations(numSamples: number, firstIndex = 0): LabelledActivations {
  const activations = new Float32Array(numSamples * ACTIVATION_SIZE);
  const classIndices = new Int32Array(numSamples);
  for (let sample = 0; sample < numSamples; sample++) {
    const i = sample + firstIndex;
    classIndices[sample] = i % NUM_CLASSES;
    for (let j = 0; j < ACTIVATION_SIZE; j++) {
      activations[sample * ACTIVATION_SIZE + j] =
        (Math.sin(7 * i + 3 * j + 1) + (j === i % NUM_CLASSES ? 1 : 0)) * (SIZES[j] ?? 1);
    }
  }
  return { activations, classIndices };
}

export function formulaSet(numTrain: number, numValidation: number): TrainingSet {
  return {
    train: formulaActivations(numTrain),
    validation: numValidation > 0 ? formulaActivations(numValidation, numTrain) : null,
    activationSize: ACTIVATION_SIZE,
    numClasses: NUM_CLASSES,
  };
}

/** The optimum that an independent solver found for `formulaSet(30, 0)`; the bias around its mean. */
export function expectOptimum({ kernel, bias }: HeadWeights, scaling: Scaling, l2: number): void {
  const optimum = optima.optima.find((each) => each.scaling === scaling && each.l2 === l2);
  const meanBias = bias.reduce((sum, value) => sum + value / bias.length, 0);
  const found = [...kernel, ...bias.map((value) => value - meanBias)];
  const expected = [...(optimum?.kernel ?? []), ...(optimum?.bias ?? [])];
  expect(found).toHaveLength(expected.length);
  for (const [position, value] of expected.entries()) {
    expect(Math.abs((found[position] ?? NaN) - value)).toBeLessThan(0.0015);
  }
}
