import type { LayerKind } from '../network.ts';
import { integerAttribute, integersAttribute, unsupportedNode } from './attributes.ts';
import type { LayerValue, Mapping } from './mapping.ts';
import type { OnnxNode } from './readNode.ts';
import { CHANNELS_FIRST } from './shapeNodes.ts';

type Sizes = readonly (number | null)[];

/** Flatten of all but the batch. */
export function mapFlatten(node: OnnxNode, mapping: Mapping): LayerValue {
  if (integerAttribute(node, 'axis', 1) !== 1) unsupportedNode(node, 'flattens a part');
  return addReshape(node, mapping, [-1]);
}

/** Reshape to sizes that are constant but for the batch. */
export function mapReshape(node: OnnxNode, mapping: Mapping): LayerValue {
  const from = mapping.sizes(mapping.layer(node, 0));
  const [batch = 0, ...target] = mapping.numbers(node, 1) ?? [];
  const isBatch = batch === 0 || batch === 1 || (batch === -1 && !target.includes(-1));
  const isPossible = target.every((size) => Number.isSafeInteger(size) && size >= -1);
  const isEmpty = integerAttribute(node, 'allowzero', 0) !== 0 && [batch, ...target].includes(0);
  if (!isBatch || !isPossible || isEmpty) {
    unsupportedNode(node, 'reshapes in a way that no layer does');
  }
  // 0 keeps the size that is there.
  const sizes = target.map((size, i) => (size === 0 ? (from[i] ?? -1) : size));
  return addReshape(node, mapping, sizes);
}

/** Squeeze; its axes are an attribute or, later, an input. */
export function mapSqueeze(node: OnnxNode, mapping: Mapping): LayerValue {
  const from = mapping.sizes(mapping.layer(node, 0));
  const rank = from.length + 1;
  const stated = integersAttribute(node, 'axes') ?? mapping.numbers(node, 1);
  const axes = stated?.map((axis) => (axis < 0 ? axis + rank : axis));
  const kept = from.filter((size, i) => !(axes?.includes(i + 1) ?? size === 1));
  const dropped = from.filter((size, i) => axes?.includes(i + 1) === true && size !== 1);
  if (dropped.length > 0 || axes?.includes(0) === true) unsupportedNode(node, 'drops values');
  return addReshape(
    node,
    mapping,
    kept.map((size) => size ?? -1),
  );
}

/** Unsqueeze, the way back. */
export function mapUnsqueeze(node: OnnxNode, mapping: Mapping): LayerValue {
  const from = mapping.sizes(mapping.layer(node, 0));
  const stated = integersAttribute(node, 'axes') ?? mapping.numbers(node, 1) ?? [];
  const rank = from.length + 1 + stated.length;
  const target = from.map((size) => size ?? -1);
  const axes = stated.map((axis) => (axis < 0 ? axis + rank : axis)).toSorted((a, b) => a - b);
  for (const axis of axes) {
    if (!(axis >= 1 && axis <= target.length + 1)) unsupportedNode(node, 'adds before the batch');
    target.splice(axis - 1, 0, 1);
  }
  return addReshape(node, mapping, target);
}

/** To sizes in the order of the graph, -1 for one that follows from the others. */
function addReshape(node: OnnxNode, mapping: Mapping, stated: readonly number[]): LayerValue {
  if (stated.filter((size) => size === -1).length > 1) unsupportedNode(node, 'has open sizes');
  const value = mapping.layer(node, 0);
  const from = mapping.sizes(value);
  const target = resolved(from, stated);
  if (target.join() === from.join()) return value;
  if (value.isChannelsFirst && isReordered(from)) return flattenedPicture(node, mapping, target);
  const own = { ...value, isChannelsFirst: false };
  if (target.length === 1) return addFlatten(node, mapping, own);
  return addPicture(node, mapping, own, target);
}

/** With what -1 stands for, where that is known. */
function resolved(from: Sizes, target: readonly number[]): readonly number[] {
  const numValues = from.reduce<number>((product, size) => product * (size ?? NaN), 1);
  const known = target.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const rest = numValues / known;
  return target.map((size) => (size === -1 && Number.isSafeInteger(rest) ? rest : size));
}

/** Whether values lie in another order with channels first than with channels last. */
function isReordered([channels, height, width]: Sizes): boolean {
  return channels !== 1 && !(height === 1 && width === 1);
}

/** Rows of a picture, channel by channel; the layer has them pixel by pixel. */
function flattenedPicture(node: OnnxNode, mapping: Mapping, target: readonly number[]): LayerValue {
  const value = mapping.layer(node, 0);
  const [, height = null, width = null] = mapping.sizes(value);
  if (target.length !== 1 || height === null || width === null) {
    return unsupportedNode(node, 'reshapes a picture with its channels first');
  }
  const flat = mapping.add(node, { kind: 'flatten' }, [value]);
  return { ...flat, isChannelsFirst: false, flatArea: height * width };
}

/** A row. Behind a global pooling, that is one without height and width. */
function addFlatten(node: OnnxNode, mapping: Mapping, value: LayerValue): LayerValue {
  const pooling = mapping.mergeable(value);
  const isGlobal =
    pooling?.kind === 'global-average-pooling2d' || pooling?.kind === 'global-max-pooling2d';
  if (isGlobal) return mapping.replace(value, { ...pooling, keepDims: false });
  return mapping.add(node, { kind: 'flatten' }, [value]);
}

/**
 * More than a row: with channels last where a Transpose to channels first follows, else as the
 * operations on pictures take it, where the order of the values is the same.
 */
function addPicture(
  node: OnnxNode,
  mapping: Mapping,
  value: LayerValue,
  target: readonly number[],
): LayerValue {
  if (value.flatArea !== undefined) unsupportedNode(node, 'reshapes what was a picture');
  const isTurned = mapping
    .takers(node.outputs[0] ?? '')
    .every(({ attributes }) => attributes.get('perm')?.integers.join() === CHANNELS_FIRST);
  const isChannelsFirst = target.length === 3 && !isTurned && !isReordered(target);
  const [channels = 1, height = 1, width = 1] = target;
  const targetShape = isChannelsFirst ? [height, width, channels] : target;
  const settings: LayerKind = { kind: 'reshape', targetShape };
  const isSame = mapping.builder.shape(value.position).join() === targetShape.join();
  const reshaped = isSame ? value : mapping.add(node, settings, [value]);
  return { ...reshaped, isChannelsFirst };
}
