import type { LayerKind } from '../network.ts';
import {
  integerAttribute,
  integersAttribute,
  spatialAttribute,
  unsupportedNode,
} from './attributes.ts';
import type { LayerValue, Mapping } from './mapping.ts';
import type { OnnxNode } from './readNode.ts';
import { endsWithInput, paddingOf, withSides } from './windows.ts';

/** MaxPool and AveragePool. */
export function mapPooling(node: OnnxNode, mapping: Mapping): LayerValue {
  const input = mapping.picture(node);
  const poolSize = spatialAttribute(node, 'kernel_shape', null);
  const strides = spatialAttribute(node, 'strides');
  const dilations = spatialAttribute(node, 'dilations');
  if (Math.max(...dilations) > 1) unsupportedNode(node, 'has gaps in its window');
  const [, ...sizes] = mapping.sizes(input);
  const isMax = node.op === 'MaxPool';
  const countsPadding = integerAttribute(node, 'count_include_pad', 0) !== 0;
  // The averages of `same` leave out what is beyond the border; zeros are the least behind a ReLU alone.
  const window = { size: poolSize, strides, dilations };
  const { padding, sides } = paddingOf(node, countsPadding ? [] : sizes, window);
  const areZerosRight = isMax ? isNeverNegative(mapping, input) : countsPadding;
  if (sides !== null && !areZerosRight) unsupportedNode(node, 'pads in a way that no layer does');
  if (padding === 'same' && countsPadding)
    unsupportedNode(node, 'counts what is beyond the border');
  const isRoundedUp = integerAttribute(node, 'ceil_mode', 0) !== 0;
  if (isRoundedUp && (padding === 'same' || !endsWithInput(sizes, window, sides))) {
    unsupportedNode(node, 'goes beyond the end of its input');
  }
  const kind = isMax ? 'max-pooling2d' : 'average-pooling2d';
  const settings: LayerKind = { kind, poolSize, strides, padding };
  return mapping.add(node, settings, [withSides(node, mapping, input, sides)]);
}

function isNeverNegative({ builder }: Mapping, { position }: LayerValue): boolean {
  const layer = builder.layers[position];
  return layer?.kind === 'activation' && ['relu', 'relu6', 'sigmoid'].includes(layer.activation);
}

export function mapGlobalPooling(node: OnnxNode, mapping: Mapping): LayerValue {
  const isAverage = node.op === 'GlobalAveragePool';
  return addGlobal(node, mapping, mapping.picture(node), isAverage, true);
}

/** ReduceMean and ReduceMax over height and width, which are an attribute or, later, an input. */
export function mapReduction(node: OnnxNode, mapping: Mapping): LayerValue {
  const value = mapping.layer(node, 0);
  const rank = mapping.sizes(value).length + 1;
  const stated = integersAttribute(node, 'axes') ?? mapping.numbers(node, 1) ?? [];
  const axes = stated.map((axis) => (axis < 0 ? axis + rank : axis)).toSorted((a, b) => a - b);
  if (rank !== 4 || axes.join() !== (value.isChannelsFirst ? '2,3' : '1,2')) {
    unsupportedNode(node, 'is not over height and width');
  }
  const keepDims = integerAttribute(node, 'keepdims', 1) !== 0;
  return addGlobal(node, mapping, value, node.op === 'ReduceMean', keepDims);
}

function addGlobal(
  node: OnnxNode,
  mapping: Mapping,
  input: LayerValue,
  isAverage: boolean,
  keepDims: boolean,
): LayerValue {
  const kind = isAverage ? 'global-average-pooling2d' : 'global-max-pooling2d';
  const value = mapping.add(node, { kind, keepDims }, [input]);
  return keepDims ? value : { ...value, isChannelsFirst: false };
}
