import type { ActivationKind, Layer } from '../network.ts';
import { unsupportedNode } from './attributes.ts';
import type { ErrorFunction, LayerValue, Mapping } from './mapping.ts';
import type { OnnxNode } from './readNode.ts';

/** What writers put together of several operations: x · gate(x), and GELU, x/2 · (erf(x / √2) + 1). */

const GATES: Partial<Record<ActivationKind, ActivationKind>> = {
  sigmoid: 'swish',
  'hard-sigmoid': 'hard-swish',
};

/** Constants are float32. */
const ROUNDING = 1e-6;

/** The product of a layer and its own gate as an activation; `null` for any other operation. */
export function gateProduct(
  node: OnnxNode,
  mapping: Mapping,
  first: LayerValue,
  second: LayerValue,
): LayerValue | null {
  if (node.op !== 'Mul') return null;
  for (const [value, gate] of [
    [first, second],
    [second, first],
  ] as const) {
    const layer = mapping.builder.layers[gate.position];
    if (layer?.kind !== 'activation' || layer.inputs[0] !== value.position) continue;
    const activation = GATES[layer.activation];
    if (activation !== undefined) {
      return mapping.add(node, { kind: 'activation', activation }, [value]);
    }
  }
  return null;
}

/** Erf of x / √2. */
export function mapErrorFunction(node: OnnxNode, mapping: Mapping): ErrorFunction {
  const value = mapping.layer(node, 0);
  const position = positionTimes(mapping.builder.layers[value.position], Math.SQRT1_2);
  if (position === null) return unsupportedNode(node, 'is no part of GELU');
  return { kind: 'error-function', of: { ...value, position }, isShifted: false };
}

/** The error function plus 1. */
export function shiftedErrorFunction(
  node: OnnxNode,
  mapping: Mapping,
  value: ErrorFunction,
  constantIndex: number,
): ErrorFunction {
  const [term, ...more] = mapping.numbers(node, constantIndex) ?? [];
  const isShift = node.op === 'Add' && !value.isShifted && more.length === 0 && term === 1;
  return isShift ? { ...value, isShifted: true } : unsupportedNode(node, 'is no part of GELU');
}

/** x/2, or x, times that: GELU, or twice GELU. */
export function errorFunctionProduct(
  node: OnnxNode,
  mapping: Mapping,
  factor: LayerValue,
  { of, isShifted }: ErrorFunction,
): LayerValue {
  const isHalf = positionTimes(mapping.builder.layers[factor.position], 0.5) === of.position;
  const isPart = isHalf || factor.position === of.position;
  if (node.op !== 'Mul' || !isShifted || !isPart) unsupportedNode(node, 'is no part of GELU');
  const value = mapping.add(node, { kind: 'activation', activation: 'gelu' }, [of]);
  return isHalf
    ? value
    : mapping.add(node, { kind: 'rescaling', scale: [2], offset: [0] }, [value]);
}

/** Position of what the layer multiplies by `wanted`; `null` where it does anything else. */
function positionTimes(layer: Layer | undefined, wanted: number): number | null {
  if (layer?.kind !== 'rescaling' || layer.scale.length > 1) return null;
  const [scale = 0] = layer.scale;
  const isWanted = Math.abs(scale - wanted) < ROUNDING && layer.offset.every((term) => term === 0);
  return isWanted ? (layer.inputs[0] ?? null) : null;
}
