import type { BaseModel } from '../../domain/baseModel.ts';
import type { CutPooling } from '../../domain/cut.ts';
import { activationSizeOf, type Head } from '../../domain/head.ts';
import { numInputChannels } from '../../domain/preprocessing.ts';
import type { TensorRole } from '../../domain/tensorRole.ts';
import { inferShapes } from '../../network/inferShapes.ts';
import type { LayerKind, Network } from '../../network/network.ts';
import type { OpaqueGraph } from '../../network/opaqueGraph.ts';
import { headLayers, tunedTensor } from './headTensors.ts';
import type { NamedTensor } from './safetensorsFile.ts';

/** What a head's tensors are part of. */
export interface ArchitectureParts {
  readonly modelName: string;
  readonly base: BaseModel;
  /** Without tuned tensors. */
  readonly body: Network | OpaqueGraph;
  /** Of the body's layers, none twice; none for a graph that runs as it is. */
  readonly layerNames: readonly string[];
  readonly head: Head;
}

/** All that somebody needs to build the model again around `head.safetensors`, in no framework's words. */
export function describeArchitecture(parts: ArchitectureParts): object {
  const { modelName, base, head } = parts;
  const { classifier, weights } = head;
  return {
    formatVersion: 1,
    name: modelName,
    computes: COMPUTES,
    input: describeInput(parts),
    base: {
      name: base.name,
      architecture: base.architecture,
      origin: base.origin,
      addresses: base.addresses,
      fileFormat: base.format,
      licence: base.licence,
      graphHash: classifier.graphHash,
      runsAsItIs: base.isOpaque,
    },
    cut: {
      layers: describeCut(parts),
      pooling: classifier.cut.pooling,
      poolingComputes: POOLINGS[classifier.cut.pooling],
      activationSize: activationSizeOf(weights),
    },
    head: headLayers(weights).map(({ name, activation, kernel, bias }) => ({
      name,
      kind: 'dense',
      inputs: kernel.shape[0],
      units: kernel.shape[1],
      activation,
      tensors: {
        kernel: describeTensor(kernel, LAYOUTS.dense),
        bias: describeTensor(bias, '[units]'),
      },
    })),
    tunedLayers: describeTuned(parts),
    classLabels: classifier.labels.map(({ name }, index) => ({ index, name })),
  };
}

const COMPUTES = [
  'A photo is prepared as preprocessing.json says and goes through the base, with the tensors of tunedLayers in place of its own.',
  'The outputs of the cut’s layers are pooled, each to one row; the rows of several layers are put one after the other, in their order.',
  'That row goes through the layers of the head, each activation(inputs · kernel + bias). The last gives the probabilities, in the order of classLabels.',
];

const POOLINGS: Readonly<Record<CutPooling, string>> = {
  none: 'the layer gives one row already',
  'global-average': 'for each channel, the mean over height and width',
  'global-max': 'for each channel, the maximum over height and width',
  'average-and-spread':
    'for each channel, the mean over height and width; behind all of these, for each channel, the mean of max(x - mean, 0)',
  flatten: 'all values, row by row of the picture, channels last',
};

/** Of kernels. */
const LAYOUTS: Partial<Record<LayerKind['kind'], string>> & { readonly dense: string } = {
  dense: '[inputs, units]',
  conv2d: '[height, width, inputs, outputs]',
  'depthwise-conv2d': '[height, width, inputs, multiplier]',
};

/** Row by row: the last index runs fastest. */
function describeTensor({ name, shape }: NamedTensor, layout: string) {
  return { name, shape, layout, type: 'float32' };
}

function describeInput({ head: { classifier } }: ArchitectureParts) {
  const { inputHeight, inputWidth, channelOrder, scale, offset, framing } =
    classifier.preprocessing;
  return {
    shape: [null, inputHeight, inputWidth, numInputChannels(classifier.preprocessing)],
    layout: 'batch, height, width, channels',
    channelOrder,
    values: 'x * scale + offset of each 8-bit value x',
    scale,
    offset,
    framing,
  };
}

function describeCut({ body, head }: ArchitectureParts) {
  const { cut, preprocessing } = head.classifier;
  if ('kind' in body) {
    return cut.positions.map((position) => ({ position, ...body.nodes[position] }));
  }
  const { inputHeight, inputWidth } = preprocessing;
  const shapes = inferShapes(body, [inputHeight, inputWidth, numInputChannels(preprocessing)]);
  return cut.positions.map((position) => ({
    position,
    name: body.layers[position]?.name,
    kind: body.layers[position]?.kind,
    outputShape: shapes[position],
  }));
}

function describeTuned({ body, layerNames, head: { tuned = [] } }: ArchitectureParts) {
  if ('kind' in body) return [];
  const positions = [...new Set(tuned.map(({ position }) => position))];
  return positions.map((position) => {
    const layer = body.layers[position];
    const ofLayer = tuned.filter((tensor) => tensor.position === position);
    const layoutOf = (role: TensorRole) =>
      (role === 'kernel' ? layer && LAYOUTS[layer.kind] : undefined) ?? '[channels]';
    const tensors = ofLayer.map((tensor) => [
      tensor.role,
      describeTensor(tunedTensor(tensor, layerNames), layoutOf(tensor.role)),
    ]);
    return {
      position,
      name: layer?.name,
      kind: layer?.kind,
      tensors: Object.fromEntries(tensors) as object,
    };
  });
}
