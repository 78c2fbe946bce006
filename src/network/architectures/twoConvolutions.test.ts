import { describe, expect, it } from 'vitest';
import { createRandom } from '../../domain/random.ts';
import {
  DEFAULT_TWO_CONVOLUTIONS,
  FROZEN_CUT,
  TWO_CONVOLUTION_LIMITS,
  twoConvolutionSizes,
  type TwoConvolutionSettings,
} from '../../domain/twoConvolutions.ts';
import { glorotUniform } from '../glorotUniform.ts';
import { summarise } from '../summary.ts';
import figures from './figures/twoConvolutions.json' with { type: 'json' };
import { twoConvolutions } from './twoConvolutions.ts';

function settingsOf(figure: (typeof figures.networks)[number]): TwoConvolutionSettings {
  const { inputSize, channels, filters = 32, kernelSize = 3, poolSize = 2, units = 128 } = figure;
  const isGrey = channels === 1;
  const sizes = { inputSize, isGrey, filters, kernelSize, poolSize, units };
  return { ...DEFAULT_TWO_CONVOLUTIONS, ...sizes };
}

const CASES = figures.networks.map((figure) => ({ figure, settings: settingsOf(figure) }));

describe('the two-convolution network', () => {
  it.each(CASES)('is Keras’s, layer by layer: $settings.inputSize pixels', (each) => {
    const { figure, settings } = each;
    const network = twoConvolutions(settings, figure.numClasses, createRandom(1));
    const [input, ...layers] = summarise(network, inputShapeOf(settings));
    expect(input?.kind).toBe('input');
    expect(layers.map(({ outputShape }) => outputShape)).toEqual(figure.outputShapes);
    expect(layers.map(({ numParameters }) => numParameters)).toEqual(figure.numParametersOfLayers);
  });

  it.each(CASES)('is counted before it is made: $settings.inputSize pixels', (each) => {
    const { figure, settings } = each;
    const sizes = twoConvolutionSizes(settings, figure.numClasses);
    const [first = 0, second = 0] = figure.numParametersOfLayers;
    expect(sizes.numParameters).toBe(figure.numParameters);
    expect(sizes.numFrozenParameters).toBe(first + second);
    expect(sizes.pooledValues).toBe(figure.outputShapes[4]?.[0]);
  });

  it('begins alike with the same seed only', () => {
    const kernel = (seed: number) =>
      twoConvolutions(DEFAULT_TWO_CONVOLUTIONS, 3, createRandom(seed)).layers.at(-1)?.tensors
        .kernel;
    expect(kernel(1)).toEqual(kernel(1));
    expect(kernel(1)).not.toEqual(kernel(2));
  });

  it('says what each dropout leaves out', () => {
    const { layers } = twoConvolutions(DEFAULT_TWO_CONVOLUTIONS, 3, createRandom(1));
    const rates = layers.flatMap((layer) => (layer.kind === 'dropout' ? [layer.rate] : []));
    expect(rates).toEqual([0.25, 0.5]);
    expect(FROZEN_CUT.positions.map((position) => layers[position]?.kind)).toEqual([
      'max-pooling2d',
    ]);
  });

  it('has a pixel left wherever its settings are within their limits', () => {
    const { inputSize, kernelSize, poolSize } = TWO_CONVOLUTION_LIMITS;
    const extreme = {
      inputSize: inputSize.min,
      kernelSize: kernelSize.max,
      poolSize: poolSize.max,
    };
    const { sides } = twoConvolutionSizes({ ...DEFAULT_TWO_CONVOLUTIONS, ...extreme }, 2);
    expect(sides).toEqual([14, 8, 1]);
  });
});

describe('Glorot-uniform kernels', () => {
  it.each(figures.glorotUniform)('spread like Keras’s: $shape', ({ shape, largest, deviation }) => {
    const random = createRandom(3);
    const kernels = Array.from({ length: 4 }, () => [...glorotUniform(shape, random).values]);
    const values = Float32Array.from(kernels.flat());
    const meanOf = (each: Float32Array) => each.reduce((sum, x) => sum + x, 0) / each.length;
    const mean = meanOf(values);
    // Four times the statistical error of a deviation.
    const tolerance = 4 / Math.sqrt(values.length);
    const spread = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
    expect(Math.abs(spread / deviation - 1)).toBeLessThan(tolerance);
    expect(Math.abs(mean)).toBeLessThan(tolerance * deviation);
    const furthest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    expect(Math.abs(furthest / largest - 1)).toBeLessThan(0.01);
  });
});

function inputShapeOf({ inputSize, isGrey }: TwoConvolutionSettings) {
  return [inputSize, inputSize, isGrey ? 1 : 3];
}
