import type { LayerKind } from '../network.ts';
import {
  flagAttribute,
  integerListAttribute,
  requireChannelsLast,
  spatialAttribute,
  textAttribute,
  unsupportedNode,
} from './attributes.ts';
import type { GraphNode } from './graphNodes.ts';
import type { Mapping } from './mapping.ts';

/** MaxPool and AvgPool. */
export function mapPooling(node: GraphNode, mapping: Mapping): number {
  requireChannelsLast(node);
  const padding = textAttribute(node, 'padding');
  if (padding !== 'SAME' && padding !== 'VALID') unsupportedNode(node, 'has an unknown padding');
  const settings: LayerKind = {
    kind: node.op === 'MaxPool' ? 'max-pooling2d' : 'average-pooling2d',
    poolSize: spatialAttribute(node, 'ksize'),
    strides: spatialAttribute(node, 'strides'),
    padding: padding === 'SAME' ? 'same' : 'valid',
  };
  return mapping.builder.add(settings, node.name, [mapping.layer(node, 0)]);
}

/** Mean and Max over height and width. */
export function mapGlobalPooling(node: GraphNode, mapping: Mapping): number {
  const position = mapping.layer(node, 0);
  const rank = mapping.shape(position).length + 1;
  const axes = mapping.numbers(node, 1).map((axis) => (axis < 0 ? axis + rank : axis));
  if (rank !== 4 || axes.toSorted((a, b) => a - b).join() !== '1,2') {
    unsupportedNode(node, 'is not over height and width');
  }
  const kind = node.op === 'Mean' ? 'global-average-pooling2d' : 'global-max-pooling2d';
  const keepDims = flagAttribute(node, 'keep_dims');
  return mapping.builder.add({ kind, keepDims }, node.name, [position]);
}

/** Pad and PadV2 with zeros around the picture. */
export function mapPadding(node: GraphNode, mapping: Mapping): number {
  const isZero = node.op === 'Pad' || mapping.numbers(node, 2)[0] === 0;
  const [batchStart, batchEnd, top = 0, bottom = 0, left = 0, right = 0, ...channels] =
    mapping.numbers(node, 1);
  const around = [batchStart, batchEnd, ...channels];
  if (!isZero || around.length !== 4 || around.some((size) => size !== 0)) {
    unsupportedNode(node, 'pads with something else than zeros around the picture');
  }
  const settings = { kind: 'zero-padding2d', padding: [top, bottom, left, right] } as const;
  return mapping.builder.add(settings, node.name, [mapping.layer(node, 0)]);
}

/** Slice that takes every photo and channel. */
export function mapCropping(node: GraphNode, mapping: Mapping): number {
  const position = mapping.layer(node, 0);
  const [height = null, width = null, channels = null] = mapping.shape(position);
  const [firstPhoto, top = 0, left = 0, firstChannel] = mapping.numbers(node, 1);
  const [numPhotos, rows = 0, columns = 0, numChannels, ...more] = mapping.numbers(node, 2);
  const isWhole = firstPhoto === 0 && firstChannel === 0 && numPhotos === -1;
  const isAllChannels = numChannels === -1 || numChannels === channels;
  if (!isWhole || !isAllChannels || more.length > 0 || height === null || width === null) {
    return unsupportedNode(node, 'takes something else than a part of the picture');
  }
  const leftOver = (size: number, start: number, taken: number) =>
    taken === -1 ? 0 : size - start - taken;
  const cropping = [
    top,
    leftOver(height, top, rows),
    left,
    leftOver(width, left, columns),
  ] as const;
  return mapping.builder.add({ kind: 'cropping2d', cropping }, node.name, [position]);
}

/** ResizeNearestNeighbor and ResizeBilinear to a multiple of the size. */
export function mapResize(node: GraphNode, mapping: Mapping): number {
  const position = mapping.layer(node, 0);
  const [height, width] = mapping.shape(position);
  const [rows = 0, columns = 0] = mapping.numbers(node, 1);
  const size = [rows / (height ?? 0), columns / (width ?? 0)] as const;
  const interpolation = node.op === 'ResizeBilinear' ? 'bilinear' : 'nearest';
  const isCentred = flagAttribute(node, 'half_pixel_centers') === (interpolation === 'bilinear');
  if (!isCentred || flagAttribute(node, 'align_corners') || !size.every(Number.isSafeInteger)) {
    return unsupportedNode(node, 'resizes in a way that no layer does');
  }
  return mapping.builder.add({ kind: 'upsampling2d', size, interpolation }, node.name, [position]);
}

/** Concatenation of channels; the axis is the last input. */
export function mapConcatenation(node: GraphNode, mapping: Mapping): number {
  const numParts = node.inputs.length - 1;
  const inputs = Array.from({ length: numParts }, (_, index) => mapping.layer(node, index));
  const rank = mapping.shape(inputs[0] ?? 0).length + 1;
  const [axis] = mapping.numbers(node, numParts);
  if (axis !== -1 && axis !== rank - 1) unsupportedNode(node, 'joins along another axis');
  return mapping.builder.add({ kind: 'concatenate' }, node.name, inputs);
}

export function mapSqueeze(node: GraphNode, mapping: Mapping): number {
  const position = mapping.layer(node, 0);
  const shape = mapping.shape(position);
  const stated = integerListAttribute(node, 'squeeze_dims');
  const rank = shape.length + 1;
  const axes = stated.map((axis) => (axis < 0 ? axis + rank : axis));
  const isDropped = (size: number | null, axis: number) =>
    axes.length > 0 ? axes.includes(axis) : size === 1;
  const target = shape.filter((size, index) => !isDropped(size, index + 1));
  if (target.filter((size) => size === null).length > 1) unsupportedNode(node, 'has open sizes');
  return addReshape(
    node,
    mapping,
    target.map((size) => size ?? -1),
  );
}

/** Reshape to sizes that are constant but for the batch. */
export function mapReshape(node: GraphNode, mapping: Mapping): number {
  const [batch, ...target] = targetSizes(node, mapping);
  if (batch !== -1 && batch !== 1) unsupportedNode(node, 'changes the batch');
  return addReshape(node, mapping, target);
}

function addReshape(node: GraphNode, mapping: Mapping, target: readonly number[]): number {
  const position = mapping.layer(node, 0);
  const isFlatten = target.length === 1 && mapping.shape(position).length > 1;
  const settings: LayerKind = isFlatten
    ? { kind: 'flatten' }
    : { kind: 'reshape', targetShape: target };
  return mapping.builder.add(settings, node.name, [position]);
}

/** Keras takes the batch size out of the input's own shape and packs it together with the other sizes. */
function targetSizes(node: GraphNode, mapping: Mapping): number[] {
  const pack = mapping.producer(node, 1);
  if (pack?.op !== 'Pack') return mapping.numbers(node, 1);
  return pack.inputs.map((_, index) => {
    if (mapping.producer(pack, index)?.op === 'StridedSlice') return -1;
    return mapping.numbers(pack, index)[0] ?? -1;
  });
}
