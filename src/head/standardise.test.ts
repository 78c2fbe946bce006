import { describe, expect, it } from 'vitest';
import { applyHead } from './softmaxHead.ts';
import { foldStandardisation, measureStandardisation, standardise } from './standardise.ts';
import { ACTIVATION_SIZE, formulaActivations } from './trainingSetFixture.ts';

const { activations } = formulaActivations(50);

function column(matrix: Float32Array, index: number): number[] {
  return [...matrix].filter((_, position) => position % ACTIVATION_SIZE === index);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('standardising', () => {
  it('centres every column and brings large and small ones closer together', () => {
    const scaled = activations.map((value, position) => value * 10 ** (position % 2));
    const standardised = standardise(scaled, measureStandardisation(scaled, ACTIVATION_SIZE));
    const deviationsOf = (matrix: Float32Array) =>
      [0, 1, 2, 3].map((index) => {
        const values = column(matrix, index);
        return Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
      });
    const spreadOf = (deviations: readonly number[]) =>
      Math.max(...deviations) / Math.min(...deviations);
    for (const index of [0, 1, 2, 3]) expect(mean(column(standardised, index))).toBeCloseTo(0, 5);
    expect(Math.max(...deviationsOf(standardised))).toBeLessThan(1);
    expect(spreadOf(deviationsOf(standardised))).toBeLessThan(spreadOf(deviationsOf(scaled)) / 3);
  });

  it('makes zeros of a column that never changes, and of a matrix that never does', () => {
    const constant = activations.map((value, position) => (position % 4 === 2 ? 5 : value));
    const standardised = standardise(constant, measureStandardisation(constant, ACTIVATION_SIZE));
    expect(column(standardised, 2).every((value) => value === 0)).toBe(true);

    const flat = new Float32Array(8).fill(3);
    expect(standardise(flat, measureStandardisation(flat, 4))).toEqual(new Float32Array(8));
  });

  it('keeps an activation that is new at prediction within bounds', () => {
    const withRare = activations.map((value, position) => (position % 4 === 1 ? 0 : value));
    const standardisation = measureStandardisation(withRare, ACTIVATION_SIZE);
    const [, seen = 0] = standardise(new Float32Array([0, 1, 0, 0]), standardisation);
    expect(seen).toBeLessThan(10);
  });

  it('folded into the weights answers on raw activations as they do on standardised ones', () => {
    const standardisation = measureStandardisation(activations, ACTIVATION_SIZE);
    const kernel = Float32Array.from({ length: 12 }, (_, i) => Math.cos(i));
    const weights = { kernel, bias: new Float32Array([0.1, -0.4, 0.3]) };
    const unfolded = applyHead(standardise(activations, standardisation), weights);
    const folded = applyHead(activations, foldStandardisation(weights, standardisation));
    expect(folded).toHaveLength(150);
    for (const [position, probability] of folded.entries()) {
      expect(probability).toBeCloseTo(unfolded[position] ?? -1, 5);
    }
  });
});

describe('applyHead', () => {
  it('is a softmax, also where the logits are large', () => {
    const probabilities = applyHead(new Float32Array([1000, 2, 0, 1]), {
      kernel: new Float32Array([1, 0, 0, 1]),
      bias: new Float32Array([0, 1]),
    });
    expect(probabilities[0]).toBe(1);
    expect(probabilities[1]).toBe(0);
    expect(probabilities[2]).toBeCloseTo(1 / (1 + Math.exp(2)), 6);
    expect((probabilities[2] ?? 0) + (probabilities[3] ?? 0)).toBeCloseTo(1, 6);
  });
});
