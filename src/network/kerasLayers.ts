import { GraftError } from '../domain/errors.ts';
import {
  asCount,
  asFlag,
  asList,
  asNumber,
  asSize,
  asSizePair,
  asText,
  type JsonRecord,
} from './jsonChecks.ts';
import type { ActivationKind, LayerKind, Padding2d, TensorRole } from './network.ts';

/** One variable of a layer as files store it. */
export interface LayerVariable {
  /** Keras' name for it, such as `kernel` or `moving_mean`, without the layer's and without `:0`. */
  readonly name: string;
  /** What it is to the layer; `null` where the layer has no use for it, as for a step counter. */
  readonly role: TensorRole | null;
  /** The sizes that the config states; `null` where the input decides. */
  readonly shape: readonly (number | null)[];
}

/** A layer as its Keras config describes it, before its weights are looked up. */
export interface LayerDescription {
  readonly settings: LayerKind;
  /** All variables of the file's layer in Keras' own order: files of Keras 3 only number them. */
  readonly variables: readonly LayerVariable[];
}

/** One layer's config with its names, so that every refusal can say which layer it is about. */
interface Source {
  readonly className: string;
  readonly layer: string;
  readonly config: JsonRecord;
}

const READERS: Readonly<Record<string, (source: Source) => LayerDescription>> = {
  InputLayer: readInput,
  Conv2D: readConv2d,
  DepthwiseConv2D: readDepthwiseConv2d,
  BatchNormalization: readBatchNorm,
  BatchNormalizationV1: readBatchNorm,
  Activation: (source) => plain({ kind: 'activation', activation: readActivation(source) }),
  ReLU: readReLU,
  ZeroPadding2D: (source) => plain({ kind: 'zero-padding2d', padding: readZeroPadding(source) }),
  MaxPooling2D: (source) => plain(readPooling('max-pooling2d', source)),
  AveragePooling2D: (source) => plain(readPooling('average-pooling2d', source)),
  GlobalAveragePooling2D: readGlobalAveragePooling,
  Dense: readDense,
  Add: () => plain({ kind: 'add' }),
  Flatten: (source) => (requireChannelsLast(source), plain({ kind: 'flatten' })),
  Reshape: readReshape,
  Dropout: () => plain({ kind: 'dropout' }),
};

/** Reads one layer's config. Errors: unsupported-layer (kind or setting unknown), base-invalid. */
export function describeLayer(
  className: string,
  layer: string,
  config: JsonRecord,
): LayerDescription {
  const read = Object.hasOwn(READERS, className) ? READERS[className] : undefined;
  const source = { className, layer, config };
  return read === undefined ? unsupported(source, 'is of a kind that is not known') : read(source);
}

function plain(settings: LayerKind): LayerDescription {
  return { settings, variables: [] };
}

function unsupported({ layer, className }: Source, problem: string): never {
  const message = `The layer ${layer} (${className}) ${problem}`;
  throw new GraftError('unsupported-layer', message, { layer, className });
}

function where({ layer }: Source, field: string): string {
  return `${field} of layer ${layer}`;
}

/** The sizes in a layer's `batch_input_shape`, without the batch. */
export function readBatchInputShape(config: JsonRecord, layer: string): (number | null)[] {
  const name = `batch_input_shape of layer ${layer}`;
  const shape = asList(config['batch_input_shape'], name);
  return shape.slice(1).map((size) => (size === null ? null : asSize(size, name)));
}

function readInput({ config, layer }: Source): LayerDescription {
  return plain({ kind: 'input', shape: readBatchInputShape(config, layer) });
}

function readConv2d(source: Source): LayerDescription {
  const { config } = source;
  const filters = asSize(config['filters'], where(source, 'filters'));
  const kernelSize = asSizePair(config['kernel_size'], where(source, 'kernel_size'));
  if ((config['groups'] ?? 1) !== 1) unsupported(source, 'has groups');
  return {
    settings: { kind: 'conv2d', ...readConvolution(source) },
    variables: [
      { name: 'kernel', role: 'kernel', shape: [...kernelSize, null, filters] },
      ...biasVariable(source, filters),
    ],
  };
}

function readDepthwiseConv2d(source: Source): LayerDescription {
  const { config } = source;
  const multiplier = asSize(config['depth_multiplier'] ?? 1, where(source, 'depth_multiplier'));
  const kernelSize = asSizePair(config['kernel_size'], where(source, 'kernel_size'));
  return {
    settings: { kind: 'depthwise-conv2d', ...readConvolution(source) },
    variables: [
      { name: 'depthwise_kernel', role: 'kernel', shape: [...kernelSize, null, multiplier] },
      ...biasVariable(source, null),
    ],
  };
}

function readConvolution(source: Source) {
  requireChannelsLast(source);
  const { config } = source;
  const strides = asSizePair(config['strides'] ?? 1, where(source, 'strides'));
  const dilations = asSizePair(config['dilation_rate'] ?? 1, where(source, 'dilation_rate'));
  return { strides, dilations, padding: readPadding(source), activation: readActivation(source) };
}

function readBatchNorm(source: Source): LayerDescription {
  const { config } = source;
  const axis: unknown = Array.isArray(config['axis']) ? config['axis'][0] : config['axis'];
  if (axis !== undefined && axis !== -1 && axis !== 3)
    unsupported(source, 'has another axis than the last');
  const epsilon = asNumber(config['epsilon'] ?? 1e-3, where(source, 'epsilon'));
  if (epsilon < 0) unsupported(source, 'has a negative epsilon');
  const hasScale = asFlag(config['scale'] ?? true, where(source, 'scale'));
  const hasCentre = asFlag(config['center'] ?? true, where(source, 'center'));
  const perChannel = (name: string, role: TensorRole) => [{ name, role, shape: [null] }];
  return {
    // Keras files carry the epsilon as float32 or as the shorter decimal: the same number here.
    settings: { kind: 'batch-norm', epsilon: Math.fround(epsilon) },
    variables: [
      ...(hasScale ? perChannel('gamma', 'gamma') : []),
      ...(hasCentre ? perChannel('beta', 'beta') : []),
      ...perChannel('moving_mean', 'mean'),
      ...perChannel('moving_variance', 'variance'),
    ],
  };
}

function readReLU(source: Source): LayerDescription {
  const { config } = source;
  const isPlain = (config['negative_slope'] ?? 0) === 0 && (config['threshold'] ?? 0) === 0;
  const maxValue = config['max_value'] ?? null;
  if (!isPlain || (maxValue !== null && maxValue !== 6))
    unsupported(source, 'is not a ReLU or ReLU6');
  return plain({ kind: 'activation', activation: maxValue === 6 ? 'relu6' : 'relu' });
}

function readZeroPadding(source: Source): readonly [number, number, number, number] {
  requireChannelsLast(source);
  const name = where(source, 'padding');
  const padding = source.config['padding'];
  if (typeof padding === 'number') {
    const size = asCount(padding, name);
    return [size, size, size, size];
  }
  const sides = asList(padding, name).map((side) =>
    typeof side === 'number'
      ? [asCount(side, name), asCount(side, name)]
      : asList(side, name).map((size) => asCount(size, name)),
  );
  const [top, bottom, left, right, ...rest] = sides.flat();
  if (
    top === undefined ||
    bottom === undefined ||
    left === undefined ||
    right === undefined ||
    rest.length > 0
  ) {
    return unsupported(source, 'has a padding of another form');
  }
  return [top, bottom, left, right];
}

function readPooling(kind: 'max-pooling2d' | 'average-pooling2d', source: Source): LayerKind {
  requireChannelsLast(source);
  const poolSize = asSizePair(source.config['pool_size'] ?? 2, where(source, 'pool_size'));
  const strides = source.config['strides'] ?? null;
  return {
    kind,
    poolSize,
    strides: strides === null ? poolSize : asSizePair(strides, where(source, 'strides')),
    padding: readPadding(source),
  };
}

function readGlobalAveragePooling(source: Source): LayerDescription {
  requireChannelsLast(source);
  const keepDims = asFlag(source.config['keepdims'] ?? false, where(source, 'keepdims'));
  return plain({ kind: 'global-average-pooling2d', keepDims });
}

function readDense(source: Source): LayerDescription {
  const units = asSize(source.config['units'], where(source, 'units'));
  return {
    settings: { kind: 'dense', activation: readActivation(source) },
    variables: [
      { name: 'kernel', role: 'kernel', shape: [null, units] },
      ...biasVariable(source, units),
    ],
  };
}

function readReshape(source: Source): LayerDescription {
  const name = where(source, 'target_shape');
  const targetShape = asList(source.config['target_shape'], name).map((size) =>
    size === -1 ? -1 : asSize(size, name),
  );
  return plain({ kind: 'reshape', targetShape });
}

function biasVariable(source: Source, size: number | null): LayerVariable[] {
  const hasBias = asFlag(source.config['use_bias'] ?? true, where(source, 'use_bias'));
  return hasBias ? [{ name: 'bias', role: 'bias', shape: [size] }] : [];
}

function readPadding(source: Source): Padding2d {
  const padding = source.config['padding'] ?? 'valid';
  if (padding !== 'same' && padding !== 'valid')
    return unsupported(source, 'has an unknown padding');
  return padding;
}

function readActivation(source: Source): ActivationKind {
  const activation = asText(source.config['activation'] ?? 'linear', where(source, 'activation'));
  switch (activation) {
    case 'linear':
    case 'relu':
    case 'relu6':
    case 'sigmoid':
    case 'tanh':
    case 'softmax':
      return activation;
    default:
      return unsupported(source, `has the activation ${activation}, which is not known`);
  }
}

function requireChannelsLast(source: Source): void {
  if ((source.config['data_format'] ?? 'channels_last') !== 'channels_last') {
    unsupported(source, 'does not have its channels last');
  }
}
