import { GraftError } from '../domain/errors.ts';
import type { ActivationKind, Layer, TensorRole } from '../network/network.ts';

/** A layer in the words of Keras 2, as TF.js from 1.3.1 on reads them. */
export interface KerasLayer {
  readonly className: string;
  /** Without the name, which the writer adds. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What Keras calls the layer's tensors, in its order. */
  readonly tensorNames: readonly (readonly [role: TensorRole, tensorName: string])[];
}

/** Spares the reader from filling tensors with random numbers that are overwritten at once. */
const ZEROS = { class_name: 'Zeros', config: {} };

/**
 * Describes one layer of those that `expressibleLayers` leaves.
 * Errors: unsupported-layer for the others.
 */
export function kerasLayer(layer: Layer): KerasLayer {
  switch (layer.kind) {
    case 'input':
      return plain('InputLayer', {
        batch_input_shape: [null, ...layer.shape],
        dtype: 'float32',
        sparse: false,
      });
    case 'conv2d':
    case 'depthwise-conv2d':
      return convolution(layer);
    case 'batch-norm':
      return batchNorm(layer);
    case 'activation':
      // tfjs has always had the ReLU layer; its Activation layer learnt relu6 separately.
      return layer.activation === 'relu6'
        ? plain('ReLU', { max_value: 6 })
        : plain('Activation', { activation: activationName(layer, layer.activation) });
    case 'leaky-relu':
      return plain('LeakyReLU', { alpha: layer.alpha });
    case 'prelu':
      return prelu(layer);
    case 'zero-padding2d':
      return plain('ZeroPadding2D', {
        padding: sidePairs(layer.padding),
        data_format: 'channels_last',
      });
    case 'cropping2d':
      return plain('Cropping2D', {
        cropping: sidePairs(layer.cropping),
        data_format: 'channels_last',
      });
    case 'upsampling2d':
      return plain('UpSampling2D', {
        size: layer.size,
        interpolation: layer.interpolation,
        data_format: 'channels_last',
      });
    case 'max-pooling2d':
    case 'average-pooling2d':
      return plain(layer.kind === 'max-pooling2d' ? 'MaxPooling2D' : 'AveragePooling2D', {
        pool_size: layer.poolSize,
        strides: layer.strides,
        padding: layer.padding,
        data_format: 'channels_last',
      });
    case 'global-average-pooling2d':
      return plain('GlobalAveragePooling2D', { data_format: 'channels_last' });
    case 'global-max-pooling2d':
      return plain('GlobalMaxPooling2D', { data_format: 'channels_last' });
    case 'dense':
      return dense(layer);
    case 'add':
      return plain('Add', {});
    case 'multiply':
      return plain('Multiply', {});
    case 'concatenate':
      return plain('Concatenate', { axis: -1 });
    case 'flatten':
      return plain('Flatten', { data_format: 'channels_last' });
    case 'reshape':
      return plain('Reshape', { target_shape: layer.targetShape });
    case 'dropout':
      // Its rate matters in training only, and is not kept.
      return plain('Dropout', { rate: 0 });
    case 'rescaling':
      return unknownToTfjs(layer);
  }
}

function plain(className: string, config: KerasLayer['config']): KerasLayer {
  return { className, config, tensorNames: [] };
}

function sidePairs([top, bottom, left, right]: readonly [number, number, number, number]) {
  return [
    [top, bottom],
    [left, right],
  ];
}

function activationName(layer: Layer, activation: ActivationKind): string {
  if (activation === 'hard-sigmoid-keras2') return 'hard_sigmoid';
  const isComposed = ['hard-sigmoid', 'hard-swish', 'swish'].includes(activation);
  return isComposed ? unknownToTfjs(layer) : activation;
}

function unknownToTfjs({ name, kind }: Layer): never {
  const message = `TF.js layers have nothing like the layer ${name} (${kind})`;
  throw new GraftError('unsupported-layer', message, { layer: name, className: kind });
}

function prelu(layer: Extract<Layer, { kind: 'prelu' }>): KerasLayer {
  const sharedAxes = (layer.tensors.alpha?.shape ?? []).flatMap((size, i) =>
    size === 1 ? [i + 1] : [],
  );
  const config = {
    shared_axes: sharedAxes.length > 0 ? sharedAxes : null,
    alpha_initializer: ZEROS,
  };
  return { className: 'PReLU', config, tensorNames: presentTensors(layer, [['alpha', 'alpha']]) };
}

function convolution(layer: Extract<Layer, { kind: 'conv2d' | 'depthwise-conv2d' }>): KerasLayer {
  const [height, width, , last] = layer.tensors.kernel?.shape ?? [];
  const isDepthwise = layer.kind === 'depthwise-conv2d';
  const tensorNames = presentTensors(layer, [
    ['kernel', isDepthwise ? 'depthwise_kernel' : 'kernel'],
    ['bias', 'bias'],
  ]);
  const config = {
    ...(isDepthwise
      ? { depth_multiplier: last, depthwise_initializer: ZEROS }
      : { filters: last, kernel_initializer: ZEROS }),
    kernel_size: [height, width],
    strides: layer.strides,
    dilation_rate: layer.dilations,
    padding: layer.padding,
    data_format: 'channels_last',
    activation: activationName(layer, layer.activation),
    use_bias: layer.tensors.bias !== undefined,
  };
  return { className: isDepthwise ? 'DepthwiseConv2D' : 'Conv2D', config, tensorNames };
}

function batchNorm(layer: Extract<Layer, { kind: 'batch-norm' }>): KerasLayer {
  const config = {
    axis: -1,
    epsilon: layer.epsilon,
    scale: layer.tensors.gamma !== undefined,
    center: layer.tensors.beta !== undefined,
  };
  const tensorNames = presentTensors(layer, [
    ['gamma', 'gamma'],
    ['beta', 'beta'],
    ['mean', 'moving_mean'],
    ['variance', 'moving_variance'],
  ]);
  return { className: 'BatchNormalization', config, tensorNames };
}

function dense(layer: Extract<Layer, { kind: 'dense' }>): KerasLayer {
  const config = {
    units: layer.tensors.kernel?.shape[1],
    activation: activationName(layer, layer.activation),
    use_bias: layer.tensors.bias !== undefined,
    kernel_initializer: ZEROS,
  };
  const tensorNames = presentTensors(layer, [
    ['kernel', 'kernel'],
    ['bias', 'bias'],
  ]);
  return { className: 'Dense', config, tensorNames };
}

function presentTensors(layer: Layer, names: KerasLayer['tensorNames']): KerasLayer['tensorNames'] {
  return names.filter(([role]) => layer.tensors[role] !== undefined);
}
