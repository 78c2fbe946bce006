import { affineOfConstant, type Affine } from '../constantOperation.ts';
import { lazyTensor } from '../lazyTensor.ts';
import type { WeightTensor } from '../network.ts';
import { unsupportedNode } from './attributes.ts';
import type { GraphNode } from './graphNodes.ts';
import type { Mapping } from './mapping.ts';
import { asRow, mergeBias } from './weightedNodes.ts';

const OPERATIONS = {
  Add: 'add',
  AddV2: 'add',
  Mul: 'multiply',
  Sub: 'subtract',
  RealDiv: 'divide',
} as const;

/** Add, Sub, Mul and RealDiv: of two layers, or of a layer and constants for its channels. */
export function mapArithmetic(node: GraphNode, mapping: Mapping): number {
  const [first, second] = [mapping.value(node, 0), mapping.value(node, 1)];
  if (typeof first === 'number' && typeof second === 'number') return mapJoin(node, mapping);
  const isRight = typeof first === 'number';
  const position = mapping.layer(node, isRight ? 0 : 1);
  const constant = mapping.constant(node, isRight ? 1 : 0);
  requireRow(node, constant, mapping.shape(position).at(-1) ?? null);
  const row = asRow(constant);
  if (isRight && (node.op === 'Add' || node.op === 'AddV2')) {
    const merged = row.shape[0] === 1 ? null : mergeBias(node, mapping, row);
    if (merged !== null) return merged;
  }
  return addAffine(node, mapping, position, affineOf(node, row, isRight));
}

/** Sum or product of layers. */
export function mapJoin(node: GraphNode, mapping: Mapping): number {
  const inputs = node.inputs.map((_, index) => mapping.layer(node, index));
  switch (node.op) {
    case 'Add':
    case 'AddV2':
    case 'AddN':
      return mapping.builder.add({ kind: 'add' }, node.name, inputs);
    case 'Mul':
      return mapping.builder.add({ kind: 'multiply' }, node.name, inputs);
    default:
      return unsupportedNode(node, 'joins two layers');
  }
}

export function mapBiasAdd(node: GraphNode, mapping: Mapping): number {
  const bias = mapping.constant(node, 1);
  const merged = mergeBias(node, mapping, bias);
  if (merged !== null) return merged;
  return addAffine(node, mapping, mapping.layer(node, 0), { factor: null, term: bias });
}

function affineOf(node: GraphNode, constant: WeightTensor, isRight: boolean): Affine {
  const operation = OPERATIONS[node.op as keyof typeof OPERATIONS];
  const affine = affineOfConstant(operation, constant, isRight);
  return affine ?? unsupportedNode(node, 'divides by a layer');
}

/** One number becomes a rescaling, taken in by one before; channels become a batch norm that only shifts. */
function addAffine(
  node: GraphNode,
  mapping: Mapping,
  position: number,
  { factor, term }: Affine,
): number {
  const length = Math.max(factor?.shape[0] ?? 1, term?.shape[0] ?? 1);
  if (length === 1) {
    const scale = factor?.values[0] ?? 1;
    const offset = term?.values[0] ?? 0;
    const before = mapping.mergeable(node);
    if (before?.kind === 'rescaling' && before.scale.length === 1 && before.offset.length === 1) {
      const [oldScale = 1] = before.scale;
      const [oldOffset = 0] = before.offset;
      const merged = { scale: [oldScale * scale], offset: [oldOffset * scale + offset] };
      return mapping.replace(node, { ...before, ...merged });
    }
    const settings = { kind: 'rescaling', scale: [scale], offset: [offset] } as const;
    return mapping.builder.add(settings, node.name, [position]);
  }
  const filled = (value: number) =>
    lazyTensor([length], () => new Float32Array(length).fill(value));
  const spread = (tensor: WeightTensor | null, fallback: number) =>
    tensor?.shape[0] === length ? tensor : filled(tensor?.values[0] ?? fallback);
  const tensors = {
    gamma: spread(factor, 1),
    beta: spread(term, 0),
    mean: filled(0),
    variance: filled(1),
  };
  return mapping.builder.add({ kind: 'batch-norm', epsilon: 0 }, node.name, [position], tensors);
}

function requireRow(node: GraphNode, { shape }: WeightTensor, channels: number | null): void {
  const size = shape.reduce((product, each) => product * each, 1);
  const isRow = size === 1 || (shape.at(-1) === size && size === channels);
  if (!isRow) unsupportedNode(node, 'has a constant that is not one number per channel');
}
