import type { Cut } from './cut.ts';
import { PIXEL_RANGES } from './pixelRanges.ts';
import type { PixelRange } from './preprocessing.ts';

/**
 * Settings of the network of Keras's example `mnist_transfer_cnn`: two convolutions, max pooling and
 * dropout, then a dense layer, dropout and the classes.
 */
export interface TwoConvolutionSettings {
  /** Side of the square pictures, in pixels. */
  readonly inputSize: number;
  readonly isGrey: boolean;
  /** Of each of the two convolutions. */
  readonly filters: number;
  readonly kernelSize: number;
  readonly poolSize: number;
  /** Share of the pooled values that a training pass leaves out. */
  readonly dropout: number;
  /** Of the dense layer. */
  readonly units: number;
  /** The same of the dense layer's values. */
  readonly denseDropout: number;
}

/** Where the example freezes the network for other classes: after the pooling, every value a head's input. */
export const FROZEN_CUT: Cut = { positions: [3], pooling: 'flatten' };

/** Keras's, but for pictures a little larger and in colour. */
export const DEFAULT_TWO_CONVOLUTIONS: TwoConvolutionSettings = {
  inputSize: 32,
  isGrey: false,
  filters: 32,
  kernelSize: 3,
  poolSize: 2,
  dropout: 0.25,
  units: 128,
  denseDropout: 0.5,
};

/** Inclusive limits of each number; every picture within such a network has at least one pixel then. */
export const TWO_CONVOLUTION_LIMITS = {
  inputSize: { min: 20, max: 96, isInteger: true },
  filters: { min: 1, max: 128, isInteger: true },
  kernelSize: { min: 1, max: 7, isInteger: true },
  poolSize: { min: 1, max: 8, isInteger: true },
  dropout: { min: 0, max: 0.9, isInteger: false },
  units: { min: 1, max: 1024, isInteger: true },
  denseDropout: { min: 0, max: 0.9, isInteger: false },
} as const;

/** From 0 to 1, as in the example. */
export function twoConvolutionPixels({
  isGrey,
}: Pick<TwoConvolutionSettings, 'isGrey'>): PixelRange {
  return { ...PIXEL_RANGES.unit, channelOrder: isGrey ? 'grey' : 'rgb' };
}

/** Values per pixel of the pictures. */
export function numPixelValues({ isGrey }: Pick<TwoConvolutionSettings, 'isGrey'>): 1 | 3 {
  return isGrey ? 1 : 3;
}

export interface TwoConvolutionSizes {
  /** Sides of the convolutions' pictures and of the pooled one. */
  readonly sides: readonly [first: number, second: number, pooled: number];
  /** Values of the pooled pictures together, which a head on the frozen part takes. */
  readonly pooledValues: number;
  /** Up to the pooling, and of all layers. */
  readonly numFrozenParameters: number;
  readonly numParameters: number;
  /** Multiplications for one photo's answer. */
  readonly numMultiplications: number;
}

/** What the settings come to with that many classes. */
export function twoConvolutionSizes(
  settings: TwoConvolutionSettings,
  numClasses: number,
): TwoConvolutionSizes {
  const { inputSize, filters, kernelSize, poolSize, units } = settings;
  const first = inputSize - kernelSize + 1;
  const second = first - kernelSize + 1;
  const pooled = Math.floor(second / poolSize);
  const pooledValues = pooled ** 2 * filters;
  const firstTaps = kernelSize ** 2 * numPixelValues(settings) * filters;
  const secondTaps = kernelSize ** 2 * filters ** 2;
  const dense = pooledValues * units + units * numClasses;
  const numFrozenParameters = firstTaps + secondTaps + 2 * filters;
  return {
    sides: [first, second, pooled],
    pooledValues,
    numFrozenParameters,
    numParameters: numFrozenParameters + dense + units + numClasses,
    numMultiplications: first ** 2 * firstTaps + second ** 2 * secondTaps + dense,
  };
}
