import { permuted, reshaped } from '../lazyTensor.ts';
import type { WeightTensor } from '../network.ts';
import {
  integerAttribute,
  realAttribute,
  spatialAttribute,
  unsupportedNode,
} from './attributes.ts';
import type { LayerValue, Mapping } from './mapping.ts';
import type { OnnxNode } from './readNode.ts';
import { paddingOf, withSides } from './windows.ts';

/** Conv: one for all channels, or one for each. */
export function mapConvolution(node: OnnxNode, mapping: Mapping): LayerValue {
  const input = mapping.picture(node);
  const given = mapping.constant(node, 1);
  if (given.shape.length !== 4) unsupportedNode(node, 'has a kernel that is none for pictures');
  const group = integerAttribute(node, 'group', 1);
  const [, height = 1, width = 1] = given.shape.slice(1);
  const strides = spatialAttribute(node, 'strides');
  const dilations = spatialAttribute(node, 'dilations');
  const [channels, ...sizes] = mapping.sizes(input);
  const window = { size: [height, width], strides, dilations } as const;
  const { padding, sides } = paddingOf(node, sizes, window);
  const isDepthwise = group !== 1;
  if (isDepthwise && (group !== channels || given.shape[1] !== 1))
    unsupportedNode(node, 'has groups');
  const kernel = isDepthwise ? depthwiseKernel(node, given, group) : permuted(given, [2, 3, 1, 0]);
  const kind = isDepthwise ? 'depthwise-conv2d' : 'conv2d';
  const settings = { kind, strides, dilations, padding, activation: 'linear' } as const;
  const bias = (node.inputs[2] ?? '') === '' ? {} : { bias: mapping.constant(node, 2) };
  const padded = withSides(node, mapping, input, sides);
  return mapping.add(node, settings, [padded], { kernel, ...bias });
}

/** [channels · multiplier, 1, height, width] as [height, width, channels, multiplier]. */
function depthwiseKernel(node: OnnxNode, kernel: WeightTensor, channels: number): WeightTensor {
  const [numOutputs = 0, , height = 1, width = 1] = kernel.shape;
  const multiplier = numOutputs / channels;
  if (!Number.isSafeInteger(multiplier)) unsupportedNode(node, 'has a kernel for other groups');
  return permuted(reshaped(kernel, [channels, multiplier, height, width]), [2, 3, 0, 1]);
}

/** MatMul, of more than rows too, with a constant on the right. */
export function mapMatMul(node: OnnxNode, mapping: Mapping): LayerValue {
  return addDense(node, mapping, mapping.constant(node, 1), null);
}

/** Gemm as it stands for a dense layer. */
export function mapGemm(node: OnnxNode, mapping: Mapping): LayerValue {
  const isPlain = ['alpha', 'beta'].every((key) => realAttribute(node, key, 1) === 1);
  if (!isPlain || integerAttribute(node, 'transA', 0) !== 0) {
    unsupportedNode(node, 'is not a plain product');
  }
  const given = mapping.constant(node, 1);
  const kernel = integerAttribute(node, 'transB', 0) === 0 ? given : turned(node, given);
  const bias = (node.inputs[2] ?? '') === '' ? null : asRow(mapping.constant(node, 2));
  return addDense(node, mapping, kernel, bias);
}

function addDense(
  node: OnnxNode,
  mapping: Mapping,
  given: WeightTensor,
  bias: WeightTensor | null,
): LayerValue {
  const { flatArea, ...input } = mapping.layer(node, 0);
  if (input.isChannelsFirst) unsupportedNode(node, 'goes over the width of a picture');
  if (given.shape.length !== 2) unsupportedNode(node, 'has a kernel that is none for rows');
  const kernel = flatArea === undefined ? given : pixelByPixel(node, given, flatArea);
  const tensors = { kernel, ...(bias !== null && { bias }) };
  return mapping.add(node, { kind: 'dense', activation: 'linear' }, [input], tensors);
}

/** Inputs in the order of a picture's channels, in that of its pixels. */
function pixelByPixel(node: OnnxNode, kernel: WeightTensor, area: number): WeightTensor {
  const [numInputs = 0, numOutputs = 0] = kernel.shape;
  const channels = numInputs / area;
  if (!Number.isSafeInteger(channels)) unsupportedNode(node, 'has a kernel for another picture');
  const view = reshaped(kernel, [channels, area, numOutputs]);
  return reshaped(permuted(view, [1, 0, 2]), [numInputs, numOutputs]);
}

function turned(node: OnnxNode, kernel: WeightTensor): WeightTensor {
  if (kernel.shape.length !== 2) unsupportedNode(node, 'has a kernel that is none for rows');
  return permuted(kernel, [1, 0]);
}

/** BatchNormalization over the channels of a picture or a row. */
export function mapBatchNorm(node: OnnxNode, mapping: Mapping): LayerValue {
  const value = mapping.layer(node, 0);
  const isRow = mapping.sizes(value).length === 1 && value.flatArea === undefined;
  if (!value.isChannelsFirst && !isRow) unsupportedNode(node, 'is not over the channels');
  if (integerAttribute(node, 'training_mode', 0) !== 0) unsupportedNode(node, 'is set to train');
  const [gamma, beta, mean, variance] = [
    mapping.constant(node, 1),
    mapping.constant(node, 2),
    mapping.constant(node, 3),
    mapping.constant(node, 4),
  ];
  const settings = { kind: 'batch-norm', epsilon: realAttribute(node, 'epsilon', 1e-5) } as const;
  return mapping.add(node, settings, [value], { gamma, beta, mean, variance });
}

/** Additions of one number per channel: part of the layer before where that has no bias yet, else `null`. */
export function mergeBias(
  mapping: Mapping,
  value: LayerValue,
  bias: WeightTensor,
): LayerValue | null {
  const layer = mapping.mergeable(value);
  if (layer === null || !('kernel' in layer.tensors) || 'bias' in layer.tensors) return null;
  return mapping.replace(value, { ...layer, tensors: { ...layer.tensors, bias } });
}

/** One value per channel, whatever sizes of 1 are around them. */
export function asRow(tensor: WeightTensor): WeightTensor {
  const size = tensor.shape.reduce((product, each) => product * each, 1);
  return tensor.shape.length === 1 ? tensor : reshaped(tensor, [size]);
}
