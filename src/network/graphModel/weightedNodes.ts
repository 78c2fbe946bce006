import { permuted, reshaped } from '../lazyTensor.ts';
import { addActivation } from './activationNodes.ts';
import type { Layer, Padding2d, WeightTensor } from '../network.ts';
import {
  flagAttribute,
  integerListAttribute,
  numberAttribute,
  requireChannelsLast,
  spatialAttribute,
  textAttribute,
  textListAttribute,
  unsupportedNode,
} from './attributes.ts';
import type { GraphNode } from './graphNodes.ts';
import type { Mapping } from './mapping.ts';

type Window = Pick<Extract<Layer, { kind: 'conv2d' }>, 'strides' | 'dilations'>;

/** Conv2D, DepthwiseConv2dNative and their fused kinds, which are taken apart into plain layers. */
export function mapConvolution(node: GraphNode, mapping: Mapping): number {
  requireChannelsLast(node);
  const kind = node.op.includes('Depthwise') ? 'depthwise-conv2d' : 'conv2d';
  const kernel = mapping.constant(node, 1);
  const channels = mapping.shape(mapping.layer(node, 0)).at(-1);
  if (kernel.shape.length === 4 && channels !== kernel.shape[2]) {
    unsupportedNode(node, 'has groups');
  }
  const window: Window = {
    strides: spatialAttribute(node, 'strides'),
    dilations: spatialAttribute(node, 'dilations'),
  };
  const { input, padding } = padded(node, mapping);
  const settings = { kind, ...window, padding, activation: 'linear' } as const;
  const position = mapping.builder.add(settings, node.name, [input], { kernel });
  return applyFused(node, mapping, position);
}

/** MatMul, of more than rows too, and _FusedMatMul, with a constant on the right. */
export function mapMatMul(node: GraphNode, mapping: Mapping): number {
  const isTurnedBy = (...keys: readonly string[]) => keys.some((key) => flagAttribute(node, key));
  if (isTurnedBy('transpose_a', 'adj_x')) unsupportedNode(node, 'transposes its input');
  const input = mapping.layer(node, 0);
  const kernel = mapping.constant(node, 1);
  const isTurned = isTurnedBy('transpose_b', 'adj_y');
  const position = mapping.builder.add(
    { kind: 'dense', activation: 'linear' },
    node.name,
    [input],
    { kernel: isTurned ? permuted(kernel, [1, 0]) : kernel },
  );
  return applyFused(node, mapping, position);
}

/** FusedBatchNorm and its later versions. */
export function mapBatchNorm(node: GraphNode, mapping: Mapping): number {
  requireChannelsLast(node);
  if (flagAttribute(node, 'is_training')) unsupportedNode(node, 'is set to train');
  return addBatchNorm(node, mapping, mapping.layer(node, 0), 1);
}

/** BiasAdd and additions like it: part of the layer before where that has no bias yet, else `null`. */
export function mergeBias(node: GraphNode, mapping: Mapping, bias: WeightTensor): number | null {
  const layer = mapping.mergeable(node);
  if (layer === null || !('kernel' in layer.tensors) || 'bias' in layer.tensors) return null;
  return mapping.replace(node, { ...layer, tensors: { ...layer.tensors, bias } });
}

function padded(node: GraphNode, mapping: Mapping): { input: number; padding: Padding2d } {
  const input = mapping.layer(node, 0);
  switch (textAttribute(node, 'padding')) {
    case 'SAME':
      return { input, padding: 'same' };
    case 'VALID':
      return { input, padding: 'valid' };
    case 'EXPLICIT': {
      const [, , top = 0, bottom = 0, left = 0, right = 0] = integerListAttribute(
        node,
        'explicit_paddings',
      );
      const settings = { kind: 'zero-padding2d', padding: [top, bottom, left, right] } as const;
      return {
        input: mapping.builder.add(settings, `${node.name}/pad`, [input]),
        padding: 'valid',
      };
    }
    case null:
    default:
      return unsupportedNode(node, 'has an unknown padding');
  }
}

/** Layers for what a fused node does after its product; their arguments follow the first two inputs. */
function applyFused(node: GraphNode, mapping: Mapping, start: number): number {
  let position = start;
  let argument = 2;
  for (const operation of textListAttribute(node, 'fused_ops')) {
    switch (operation) {
      case 'BiasAdd': {
        const layer = mapping.builder.layers[position];
        if (layer === undefined || position !== start) return unsupportedNode(node, 'adds late');
        const bias = asRow(mapping.constant(node, argument));
        mapping.builder.layers[position] = { ...layer, tensors: { ...layer.tensors, bias } };
        argument += 1;
        break;
      }
      case 'FusedBatchNorm':
        position = addBatchNorm(node, mapping, position, argument);
        argument += 4;
        break;
      default:
        position = addActivation(node, mapping, position, operation, argument);
        argument += operation === 'Prelu' ? 1 : 0;
    }
  }
  return position;
}

function addBatchNorm(
  node: GraphNode,
  mapping: Mapping,
  position: number,
  firstTensor: number,
): number {
  const [gamma, beta, mean, variance] = [0, 1, 2, 3].map((i) =>
    asRow(mapping.constant(node, firstTensor + i)),
  );
  if (!gamma || !beta || !mean || !variance) return unsupportedNode(node, 'lacks a tensor');
  const epsilon = Math.fround(numberAttribute(node, 'epsilon', 1e-4));
  const tensors = { gamma, beta, mean, variance };
  return mapping.builder.add({ kind: 'batch-norm', epsilon }, node.name, [position], tensors);
}

/** One value per channel, whatever sizes of 1 are around them. */
export function asRow(tensor: WeightTensor): WeightTensor {
  const size = tensor.shape.reduce((product, each) => product * each, 1);
  return tensor.shape.length === 1 ? tensor : reshaped(tensor, [size]);
}
