import { asList, asSize, type JsonRecord } from '../jsonChecks.ts';
import { readActivationLayer } from './activations.ts';
import {
  plain,
  requireChannelsLast,
  rankOfLastAxis,
  unsupported,
  where,
  type LayerDescription,
  type LayerSource,
} from './layerSource.ts';
import { readBatchNorm, readNormalization, readRescaling } from './normalizations.ts';
import { readOperation } from './operations.ts';
import { readGlobalPooling, readPooling, readSides, readUpSampling } from './pictures.ts';
import { readConv2d, readDense, readDepthwiseConv2d, readSeparableConv2d } from './weighted.ts';

type Reader = (source: LayerSource) => readonly LayerDescription[];

const IDENTITY: Reader = () => [plain({ kind: 'dropout' })];

const READERS: Readonly<Record<string, Reader>> = {
  InputLayer: ({ config, layer }) => [plain({ kind: 'input', shape: inputShape(config, layer) })],
  Conv2D: readConv2d,
  Convolution2D: readConv2d,
  DepthwiseConv2D: readDepthwiseConv2d,
  SeparableConv2D: readSeparableConv2d,
  Dense: readDense,
  BatchNormalization: (source) => [readBatchNorm(source)],
  BatchNormalizationV1: (source) => [readBatchNorm(source)],
  Normalization: (source) => [readNormalization(source)],
  Rescaling: (source) => [readRescaling(source)],
  MaxPooling2D: (source) => [plain(readPooling('max-pooling2d', source))],
  AveragePooling2D: (source) => [plain(readPooling('average-pooling2d', source))],
  GlobalAveragePooling2D: (source) => [
    plain(readGlobalPooling('global-average-pooling2d', source)),
  ],
  GlobalMaxPooling2D: (source) => [plain(readGlobalPooling('global-max-pooling2d', source))],
  ZeroPadding2D: (source) => [
    plain({ kind: 'zero-padding2d', padding: readSides(source, 'padding') }),
  ],
  Cropping2D: (source) => [plain({ kind: 'cropping2d', cropping: readSides(source, 'cropping') })],
  UpSampling2D: (source) => [plain(readUpSampling(source))],
  Concatenate: (source) => [plain({ kind: 'concatenate' }, rankOfLastAxis(source))],
  Softmax: (source) => [
    plain({ kind: 'activation', activation: 'softmax' }, rankOfLastAxis(source)),
  ],
  Flatten: (source) => {
    requireChannelsLast(source);
    return [plain({ kind: 'flatten' })];
  },
  Reshape: readReshape,
  Dropout: IDENTITY,
  SpatialDropout2D: IDENTITY,
  AlphaDropout: IDENTITY,
  GaussianDropout: IDENTITY,
  GaussianNoise: IDENTITY,
  ActivityRegularization: IDENTITY,
  Identity: IDENTITY,
  // Keras changes pictures at random in training only.
  RandomBrightness: IDENTITY,
  RandomContrast: IDENTITY,
  RandomFlip: IDENTITY,
  RandomRotation: IDENTITY,
  RandomTranslation: IDENTITY,
  RandomZoom: IDENTITY,
};

/**
 * The layers that one layer of a Keras topology stands for, each working on the output of the one before;
 * mostly a single one. Errors: unsupported-layer (class or setting unknown), base-invalid.
 */
export function describeLayer(source: LayerSource): readonly LayerDescription[] {
  const operation = readOperation(source);
  if (operation !== null) return operation;
  if (source.operands.some((operand) => operand !== null)) {
    unsupported(source, 'is called with a number');
  }
  const { className } = source;
  const read = Object.hasOwn(READERS, className) ? READERS[className] : undefined;
  return (
    read?.(source) ??
    readActivationLayer(source) ??
    unsupported(source, 'is of a kind that is not known')
  );
}

/** The sizes of a layer's stated input, without the batch. */
export function inputShape(config: JsonRecord, layer: string): (number | null)[] {
  // Keras 3 says `batch_shape`, everything before it `batch_input_shape`.
  const field = config['batch_shape'] === undefined ? 'batch_input_shape' : 'batch_shape';
  const name = `${field} of layer ${layer}`;
  const [, ...sizes] = asList(config[field], name);
  return sizes.map((size) => (size === null ? null : asSize(size, name)));
}

function readReshape(source: LayerSource): readonly LayerDescription[] {
  const name = where(source, 'target_shape');
  const targetShape = asList(source.config['target_shape'], name).map((size) =>
    size === -1 ? -1 : asSize(size, name),
  );
  return [plain({ kind: 'reshape', targetShape })];
}
