import { GraftError } from '../../domain/errors.ts';
import { canonicalNetwork } from '../../network/canonicalNetwork.ts';
import { lazyTensor } from '../../network/lazyTensor.ts';
import type { ActivationKind, Layer, LayerKind, Network } from '../../network/network.ts';
import { partOf, replaceLayers } from '../replaceLayers.ts';

/**
 * The same network in layers that Keras 2.10 and Keras 3 both have and mean the same by: hard sigmoids,
 * on which they differ, as a ReLU6 between rescalings; ReLU6 as a layer of its own.
 * Errors: unsupported-layer where Keras has no words for a layer.
 */
export function kerasDialect({ layers }: Network): Network {
  return replaceLayers(canonicalNetwork(layers, layers.length - 1), (layer, _, position) =>
    said(layer, position),
  );
}

function said(layer: Layer, position: number): readonly Layer[] {
  const { kind } = layer;
  if (kind === 'activation') return activated(layer, layer.activation, layer.inputs, position);
  if (kind === 'conv2d' && Math.max(...layer.strides) > 1 && Math.max(...layer.dilations) > 1) {
    refuse(layer, 'has both strides and dilations');
  }
  if (kind === 'depthwise-conv2d' && layer.strides[0] !== layer.strides[1]) {
    refuse(layer, 'has two different strides');
  }
  if (kind === 'conv2d' || kind === 'depthwise-conv2d' || kind === 'dense') {
    return withOwnActivation(layer, position);
  }
  if (kind === 'leaky-relu' && layer.alpha < 0) refuse(layer, 'has a negative slope');
  return [kind === 'batch-norm' && layer.epsilon === 0 ? withHeldVariance(layer) : layer];
}

/** Activations that a layer cannot have in its settings, or not with the same meaning everywhere. */
const OF_THEIR_OWN: readonly ActivationKind[] = [
  'relu6',
  'hard-sigmoid',
  'hard-sigmoid-keras2',
  'hard-swish',
];

function withOwnActivation(
  layer: Extract<Layer, { kind: 'conv2d' | 'depthwise-conv2d' | 'dense' }>,
  position: number,
): readonly Layer[] {
  const { activation } = layer;
  if (!OF_THEIR_OWN.includes(activation)) return [layer];
  const after: Layer = partOf(layer, 'activation', { kind: 'activation', activation }, [position]);
  const linear = { ...layer, activation: 'linear' } as const;
  return [linear, ...activated(after, activation, [position], position + 1)];
}

function activated(
  layer: Layer,
  activation: ActivationKind,
  inputs: readonly number[],
  position: number,
): readonly Layer[] {
  if (activation === 'hard-sigmoid-keras2') return hardSigmoid(layer, '', 1.2, inputs, position);
  if (activation === 'hard-sigmoid') return hardSigmoid(layer, '', 1, inputs, position);
  if (activation !== 'hard-swish') {
    return [partOf(layer, '', { kind: 'activation', activation }, inputs)];
  }
  const gate = hardSigmoid(layer, 'gate', 1, inputs, position);
  const factors = [...inputs, position + gate.length - 1];
  return [...gate, partOf(layer, '', { kind: 'multiply' }, factors)];
}

/** relu6(slope · x + 3) / 6, with slope 1.2 the same as 0.2 · x + 0.5 within 0 and 1. */
function hardSigmoid(
  layer: Layer,
  name: string,
  slope: number,
  inputs: readonly number[],
  position: number,
): readonly Layer[] {
  const shifted = rescaling(slope, 3);
  const clipped = { kind: 'activation', activation: 'relu6' } as const;
  return [
    partOf(layer, 'shifted', shifted, inputs),
    partOf(layer, 'clipped', clipped, [position]),
    partOf(layer, name, rescaling(1 / 6, 0), [position + 1]),
  ];
}

function rescaling(scale: number, offset: number): LayerKind {
  return { kind: 'rescaling', scale: [scale], offset: [offset] };
}

/** With epsilon 0 the deviation is held above 1e-7 here, while Keras' batch norm would divide by 0. */
function withHeldVariance(layer: Extract<Layer, { kind: 'batch-norm' }>): Layer {
  const { variance } = layer.tensors;
  if (variance === undefined) return layer;
  const held = lazyTensor(variance.shape, () =>
    variance.values.map((value) => Math.max(value, 1e-14)),
  );
  return { ...layer, tensors: { ...layer.tensors, variance: held } };
}

function refuse({ name, kind }: Layer, problem: string): never {
  const message = `The layer ${name} (${kind}) ${problem}, which Keras cannot say`;
  throw new GraftError('unsupported-layer', message, { layer: name, className: kind });
}
