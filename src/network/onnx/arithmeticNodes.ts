import { affineOfConstant, type Affine } from '../constantOperation.ts';
import { lazyTensor } from '../lazyTensor.ts';
import type { Layer, WeightTensor } from '../network.ts';
import { unsupportedNode } from './attributes.ts';
import { errorFunctionProduct, gateProduct, shiftedErrorFunction } from './smoothNodes.ts';
import { alignedConstant, type GraphValue, type LayerValue, type Mapping } from './mapping.ts';
import type { OnnxNode } from './readNode.ts';
import { asRow, mergeBias } from './weightedNodes.ts';

const OPERATIONS = {
  Add: 'add',
  Mul: 'multiply',
  Sub: 'subtract',
  Div: 'divide',
} as const;

/** Add, Sub, Mul and Div: of two layers, or of a layer and constants for its channels. */
export function mapArithmetic(node: OnnxNode, mapping: Mapping): GraphValue {
  const [first, second] = [mapping.value(node, 0), mapping.value(node, 1)];
  if (first.kind === 'layer' && second.kind === 'layer') {
    return gateProduct(node, mapping, first, second) ?? mapJoin(node, mapping);
  }
  const isRight = first.kind !== 'constant';
  const [value, other] = isRight ? [first, second] : [second, first];
  if (value.kind === 'error-function') {
    return other.kind === 'layer'
      ? errorFunctionProduct(node, mapping, other, value)
      : shiftedErrorFunction(node, mapping, value, isRight ? 1 : 0);
  }
  if (other.kind === 'error-function') {
    return errorFunctionProduct(node, mapping, mapping.layer(node, isRight ? 0 : 1), other);
  }
  const layer = mapping.layer(node, isRight ? 0 : 1);
  const row = rowOf(node, mapping, layer, mapping.constant(node, isRight ? 1 : 0));
  if (node.op === 'Add' && (row.shape[0] ?? 1) === channelsOf(mapping, layer)) {
    const merged = mergeBias(mapping, layer, row);
    if (merged !== null) return merged;
  }
  return addAffine(node, mapping, layer, affineOf(node, row, isRight));
}

/** Sum or product of layers. */
export function mapJoin(node: OnnxNode, mapping: Mapping): LayerValue {
  const [first, ...others] = joined(node, mapping);
  switch (node.op) {
    case 'Add':
    case 'Sum':
      return mapping.add(node, { kind: 'add' }, [first, ...others]);
    case 'Mul':
      return mapping.add(node, { kind: 'multiply' }, [first, ...others]);
    default:
      return unsupportedNode(node, 'joins two layers');
  }
}

/** Layers in the same order of values. */
export function joined(node: OnnxNode, mapping: Mapping): [LayerValue, ...LayerValue[]] {
  const first = mapping.layer(node, 0);
  const others = node.inputs.slice(1).map((_, i) => mapping.layer(node, i + 1));
  const isLike = ({ isChannelsFirst, flatArea }: LayerValue) =>
    isChannelsFirst === first.isChannelsFirst && flatArea === first.flatArea;
  if (!others.every(isLike)) unsupportedNode(node, 'joins layers of another order');
  return [first, ...others];
}

/** One number, or one for each channel. */
function rowOf(
  node: OnnxNode,
  mapping: Mapping,
  layer: LayerValue,
  constant: WeightTensor,
): WeightTensor {
  const aligned = alignedConstant(constant, layer, mapping.builder.shape(layer.position).length);
  const isRow = aligned?.shape.slice(0, -1).every((size) => size === 1) === true;
  const size = aligned?.shape.at(-1) ?? 1;
  if (aligned === null || !isRow || (size !== 1 && size !== channelsOf(mapping, layer))) {
    return unsupportedNode(node, 'has a constant that is not one number per channel');
  }
  return asRow(aligned);
}

function channelsOf(mapping: Mapping, { position }: LayerValue): number | null {
  return mapping.builder.shape(position).at(-1) ?? null;
}

function affineOf(node: OnnxNode, constant: WeightTensor, isRight: boolean): Affine {
  const operation = OPERATIONS[node.op as keyof typeof OPERATIONS];
  const affine = affineOfConstant(operation, constant, isRight);
  return affine ?? unsupportedNode(node, 'divides by a layer');
}

/** Of the colours of a pixel; more are a batch norm. */
const MAX_NUMBERS = 4;

/** Few numbers become a rescaling, more a batch norm that has seen mean 0 and variance 1. */
function addAffine(
  node: OnnxNode,
  mapping: Mapping,
  value: LayerValue,
  { factor, term }: Affine,
): LayerValue {
  const length = Math.max(factor?.shape[0] ?? 1, term?.shape[0] ?? 1);
  const before = mapping.mergeable(value);
  if (length > MAX_NUMBERS) {
    const shifted = factor === null ? shiftedNorm(before, term) : null;
    if (shifted !== null) return mapping.replace(value, shifted);
    return addNorm(node, mapping, value, length, { factor, term });
  }
  const [scale, offset] = [[...(factor?.values ?? [1])], [...(term?.values ?? [0])]];
  if (![...scale, ...offset].every(Number.isFinite)) unsupportedNode(node, 'divides by 0');
  if (before?.kind === 'rescaling') {
    return mapping.replace(value, { ...before, ...rescaledAgain(before, scale, offset) });
  }
  return mapping.add(node, { kind: 'rescaling', scale, offset }, [value]);
}

type Rescaling = Extract<Layer, { kind: 'rescaling' }>;

function rescaledAgain(before: Rescaling, scale: readonly number[], offset: readonly number[]) {
  const at = (numbers: readonly number[], i: number) => numbers[i] ?? numbers[0] ?? 0;
  const spread = (length: number, valueAt: (i: number) => number) =>
    Array.from({ length }, (_, i) => valueAt(i));
  const scaleLength = Math.max(before.scale.length, scale.length);
  const offsetLength = Math.max(before.offset.length, offset.length, scale.length);
  return {
    scale: spread(scaleLength, (i) => at(before.scale, i) * at(scale, i)),
    offset: spread(offsetLength, (i) => at(before.offset, i) * at(scale, i) + at(offset, i)),
  };
}

/** A batch norm that only scales, with the term that is added behind it. */
function shiftedNorm(before: Layer | null, term: WeightTensor | null): Layer | null {
  if (before?.kind !== 'batch-norm' || before.epsilon !== 0 || term === null) return null;
  const { beta, gamma } = before.tensors;
  const isFit = beta === undefined && gamma?.shape[0] === term.shape[0];
  return isFit ? { ...before, tensors: { ...before.tensors, beta: term } } : null;
}

function addNorm(
  node: OnnxNode,
  mapping: Mapping,
  value: LayerValue,
  length: number,
  { factor, term }: Affine,
): LayerValue {
  const filled = (fill: number) => lazyTensor([length], () => new Float32Array(length).fill(fill));
  const spread = (tensor: WeightTensor) =>
    tensor.shape[0] === length ? tensor : filled(tensor.values[0] ?? 0);
  const tensors = {
    ...(factor !== null && { gamma: spread(factor) }),
    ...(term !== null && { beta: spread(term) }),
    mean: filled(0),
    variance: filled(1),
  };
  return mapping.add(node, { kind: 'batch-norm', epsilon: 0 }, [value], tensors);
}
