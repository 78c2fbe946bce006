import type { Random } from '../../domain/random.ts';
import {
  numPixelValues,
  twoConvolutionSizes,
  type TwoConvolutionSettings,
} from '../../domain/twoConvolutions.ts';
import { glorotUniform } from '../glorotUniform.ts';
import type { ActivationKind, Layer, LayerKind, Network } from '../network.ts';

/**
 * The network of Keras's example `mnist_transfer_cnn` (its layers and the way its weights begin), not
 * trained: Glorot-uniform kernels drawn from `random`, zero biases.
 */
export function twoConvolutions(
  settings: TwoConvolutionSettings,
  numClasses: number,
  random: Random,
): Network {
  const { inputSize, filters, kernelSize, poolSize, units } = settings;
  const channels = numPixelValues(settings);
  const { pooledValues } = twoConvolutionSizes(settings, numClasses);
  const weights = (...shape: number[]) => ({
    kernel: glorotUniform(shape, random),
    bias: { shape: shape.slice(-1), values: new Float32Array(shape.at(-1) ?? 0) },
  });
  const pooling = [poolSize, poolSize] as const;
  return inARow([
    ['pixels', { kind: 'input', shape: [inputSize, inputSize, channels] }],
    ['conv2d_1', CONVOLUTION, weights(kernelSize, kernelSize, channels, filters)],
    ['conv2d_2', CONVOLUTION, weights(kernelSize, kernelSize, filters, filters)],
    [
      'max_pooling2d',
      { kind: 'max-pooling2d', poolSize: pooling, strides: pooling, padding: 'valid' },
    ],
    ['dropout_1', { kind: 'dropout', rate: settings.dropout }],
    ['flatten', { kind: 'flatten' }],
    ['dense_1', dense('relu'), weights(pooledValues, units)],
    ['dropout_2', { kind: 'dropout', rate: settings.denseDropout }],
    ['dense_2', dense('softmax'), weights(units, numClasses)],
  ]);
}

const CONVOLUTION = {
  kind: 'conv2d',
  strides: [1, 1],
  dilations: [1, 1],
  padding: 'valid',
  activation: 'relu',
} as const;

function dense(activation: ActivationKind): LayerKind {
  return { kind: 'dense', activation };
}

type LayerPart = readonly [name: string, settings: LayerKind, tensors?: Layer['tensors']];

/** Each layer after the one before. */
function inARow(parts: readonly LayerPart[]): Network {
  return {
    layers: parts.map(([name, settings, tensors = {}], position) => ({
      ...settings,
      name,
      inputs: position === 0 ? [] : [position - 1],
      tensors,
    })),
  };
}
