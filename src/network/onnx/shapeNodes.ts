import { permuted } from '../lazyTensor.ts';
import {
  integerAttribute,
  integersAttribute,
  textAttribute,
  unsupportedNode,
} from './attributes.ts';
import { joined } from './arithmeticNodes.ts';
import type { GraphValue, LayerValue, Mapping } from './mapping.ts';
import type { OnnxNode } from './readNode.ts';

export const CHANNELS_FIRST = '0,3,1,2';
const CHANNELS_LAST = '0,2,3,1';

/** Transpose of a picture, which changes how the graph sees a layer's output and not the output. */
export function mapTranspose(node: OnnxNode, mapping: Mapping): GraphValue {
  const value = mapping.value(node, 0);
  const order = integersAttribute(node, 'perm');
  if (value.kind === 'constant') {
    const { shape } = value.tensor;
    const axes = order ?? shape.map((_, axis) => shape.length - 1 - axis);
    const isOrder = axes.toSorted((a, b) => a - b).every((axis, i) => axis === i);
    if (!isOrder || axes.length !== shape.length) unsupportedNode(node, 'has no order of axes');
    return { kind: 'constant', tensor: permuted(value.tensor, axes) };
  }
  const layer = mapping.layer(node, 0);
  const isPicture = mapping.sizes(layer).length === 3;
  if (isPicture && order?.join() === (layer.isChannelsFirst ? CHANNELS_LAST : CHANNELS_FIRST)) {
    return { ...layer, isChannelsFirst: !layer.isChannelsFirst };
  }
  return unsupportedNode(node, 'turns something else than channels');
}

/** Concatenation of channels. */
export function mapConcatenation(node: OnnxNode, mapping: Mapping): LayerValue {
  const values = joined(node, mapping);
  const [first] = values;
  const rank = mapping.sizes(first).length + 1;
  const axis = integerAttribute(node, 'axis', -1);
  const channelAxis = first.isChannelsFirst ? 1 : rank - 1;
  if ((axis < 0 ? axis + rank : axis) !== channelAxis || first.flatArea !== undefined) {
    unsupportedNode(node, 'joins along another axis');
  }
  return mapping.add(node, { kind: 'concatenate' }, values);
}

/** Pad with zeros around the picture. */
export function mapPadding(node: OnnxNode, mapping: Mapping): LayerValue {
  const value = mapping.layer(node, 0);
  const pads = mapping.numbers(node, 1) ?? integersAttribute(node, 'pads') ?? [];
  const fill = mapping.numbers(node, 2)?.[0] ?? node.attributes.get('value')?.floats[0] ?? 0;
  const isZero = textAttribute(node, 'mode', 'constant') === 'constant' && fill === 0;
  const [row, column] = value.isChannelsFirst ? [2, 3] : [1, 2];
  const hasAxes = (node.inputs[3] ?? '') !== '';
  const others = pads.filter((_, i) => i % 4 !== row && i % 4 !== column);
  if (!isZero || hasAxes || pads.length !== 8 || others.some((size) => size !== 0)) {
    unsupportedNode(node, 'pads with something else than zeros around the picture');
  }
  const [top = 0, left = 0] = [pads[row], pads[column]];
  const [bottom = 0, right = 0] = [pads[row + 4], pads[column + 4]];
  return mapping.add(node, { kind: 'zero-padding2d', padding: [top, bottom, left, right] }, [
    value,
  ]);
}

/** Slice that takes every photo and channel. */
export function mapCropping(node: OnnxNode, mapping: Mapping): LayerValue {
  const value = mapping.layer(node, 0);
  const sizes = mapping.sizes(value);
  const rank = sizes.length + 1;
  const starts = mapping.numbers(node, 1) ?? [];
  const ends = mapping.numbers(node, 2) ?? [];
  const axes = mapping.numbers(node, 3) ?? starts.map((_, axis) => axis);
  const isEvery = mapping.numbers(node, 4)?.every((step) => step === 1) ?? true;
  const cropping: [number, number, number, number] = [0, 0, 0, 0];
  for (const [i, given] of axes.entries()) {
    const axis = given < 0 ? given + rank : given;
    const sides = sidesOf(sizes[axis - 1] ?? null, starts[i] ?? 0, ends[i] ?? 0);
    // Rows and columns lie one after the other in either order.
    const side = axis - (value.isChannelsFirst ? 2 : 1);
    if (sides?.join() === '0,0') continue;
    if (sides === null || rank !== 4 || (side !== 0 && side !== 1)) {
      return unsupportedNode(node, 'takes something else than a part of the picture');
    }
    cropping.splice(2 * side, 2, ...sides);
  }
  if (!isEvery) unsupportedNode(node, 'leaves out values in between');
  return mapping.add(node, { kind: 'cropping2d', cropping }, [value]);
}

/** How much of a side is cut off at its start and end; `null` where that depends on its open size. */
function sidesOf(
  size: number | null,
  start: number,
  end: number,
): readonly [number, number] | null {
  if (start < 0) return null;
  if (end < 0) return [start, -end];
  if (end >= (size ?? 2 ** 31)) return [start, 0];
  return size === null ? null : [start, size - end];
}

/** Resize to a multiple of the size. */
export function mapResize(node: OnnxNode, mapping: Mapping): LayerValue {
  const value = mapping.picture(node);
  const sizes = mapping.sizes(value);
  const target = mapping.numbers(node, 3);
  const scales = target?.map((size, i) => size / (i === 0 ? size : (sizes[i - 1] ?? 0)));
  const [batch, channels, rows = 0, columns = 0] = scales ?? mapping.numbers(node, 2) ?? [];
  const isPicture = batch === 1 && channels === 1 && rows >= 1 && columns >= 1;
  const mode = textAttribute(node, 'mode', 'nearest');
  const places = textAttribute(node, 'coordinate_transformation_mode', 'half_pixel');
  const rounding = textAttribute(node, 'nearest_mode', 'round_prefer_floor');
  const isNearest =
    mode === 'nearest' &&
    (places === 'asymmetric'
      ? rounding === 'floor'
      : isCentred(places) && rounding.startsWith('round'));
  const isLinear = mode === 'linear' && isCentred(places);
  const areWhole = Number.isSafeInteger(rows) && Number.isSafeInteger(columns);
  if (!isPicture || !areWhole || !(isNearest || isLinear)) {
    unsupportedNode(node, 'resizes in a way that no layer does');
  }
  const interpolation = isLinear ? 'bilinear' : 'nearest';
  return mapping.add(node, { kind: 'upsampling2d', size: [rows, columns], interpolation }, [value]);
}

/** Whether values lie at the centres of their pixels. */
function isCentred(places: string): boolean {
  return places === 'half_pixel' || places === 'pytorch_half_pixel';
}
