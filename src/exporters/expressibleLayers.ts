import { GraftError } from '../domain/errors.ts';
import type { LayerShape } from '../network/layerShape.ts';
import type { ActivationKind, Layer, LayerKind, Network } from '../network/network.ts';
import { partOf, replaceLayers } from './replaceLayers.ts';

/**
 * The same network in layers that every version of TF.js has and means the same by: pooling that keeps
 * its dimensions as a plain one and a reshape, rescaling as a batch norm, swish and hard swish as a
 * product. Errors: unsupported-layer where TF.js layers have no words for a layer.
 */
export function expressibleLayers(network: Network): Network {
  return replaceLayers(network, expressed);
}

function expressed(layer: Layer, shape: LayerShape, position: number): Layer[] {
  if (layer.kind === 'rescaling') return [rescaled(layer, layer.name, layer.inputs, layer, shape)];
  if (layer.kind === 'activation') {
    return activated(layer, layer.activation, layer.inputs, shape, position);
  }
  const targetShape = shape.map((size) => size ?? -1);
  // TF.js passes an open size on as -1, which no layer with weights takes.
  if (layer.kind === 'reshape') return [{ ...layer, targetShape }];
  if (layer.kind === 'global-average-pooling2d' || layer.kind === 'global-max-pooling2d') {
    if (!layer.keepDims) return [layer];
    const reshape = partOf(layer, 'reshape', { kind: 'reshape', targetShape }, [position]);
    return [{ ...layer, keepDims: false }, reshape];
  }
  if (layer.kind === 'conv2d' || layer.kind === 'depthwise-conv2d' || layer.kind === 'dense') {
    return withOwnActivation(layer, shape, position);
  }
  // TF.js layers take values to lie at the corners of their pixels.
  const isSmooth = layer.kind === 'upsampling2d' && layer.interpolation === 'bilinear';
  return isSmooth ? refuse(layer, 'interpolates') : [layer];
}

function withOwnActivation(
  layer: Extract<Layer, { kind: 'conv2d' | 'depthwise-conv2d' | 'dense' }>,
  shape: LayerShape,
  position: number,
): Layer[] {
  const { activation } = layer;
  const isStrided = layer.kind !== 'dense' && Math.max(...layer.strides) > 1;
  const isDilated = layer.kind !== 'dense' && Math.max(...layer.dilations) > 1;
  if (isStrided && isDilated) refuse(layer, 'has both strides and dilations');
  if (activation !== 'swish' && activation !== 'hard-swish' && activation !== 'hard-sigmoid') {
    return [layer];
  }
  const after = activated(layer, activation, [position], shape, position + 1);
  return [{ ...layer, activation: 'linear' }, ...after];
}

function activated(
  layer: Layer,
  activation: ActivationKind,
  inputs: readonly number[],
  shape: LayerShape,
  position: number,
): Layer[] {
  if (activation === 'hard-sigmoid' || activation === 'hard-swish') {
    // relu6(x + 3) / 6 is 0.2 · (5/6 · x) + 0.5, held within 0 and 1.
    const scaled = rescaled(layer, `${layer.name}_scale`, inputs, FIVE_SIXTHS, shape);
    const settings = { kind: 'activation', activation: 'hard-sigmoid-keras2' } as const;
    const gate = partOf(layer, 'gate', settings, [position]);
    const product = partOf(layer, 'product', { kind: 'multiply' }, [...inputs, position + 1]);
    return activation === 'hard-swish' ? [scaled, gate, product] : [scaled, gate];
  }
  if (activation !== 'swish')
    return [partOf(layer, '', { kind: 'activation', activation }, inputs)];
  const gate = partOf(layer, 'gate', { kind: 'activation', activation: 'sigmoid' }, inputs);
  return [gate, partOf(layer, 'product', { kind: 'multiply' }, [...inputs, position])];
}

type Rescaling = Pick<Extract<LayerKind, { kind: 'rescaling' }>, 'scale' | 'offset'>;

const FIVE_SIXTHS: Rescaling = { scale: [5 / 6], offset: [0] };

/** `x * scale + offset` as a batch norm that has seen mean 0 and variance 1. */
function rescaled(
  layer: Layer,
  name: string,
  inputs: readonly number[],
  { scale, offset }: Rescaling,
  shape: LayerShape,
): Layer {
  const length = shape.at(-1) ?? refuse(layer, 'rescales an unknown number of channels');
  const tensor = (values: readonly number[]) => ({
    shape: [length],
    values: Float32Array.from({ length }, (_, i) => values[i] ?? values[0] ?? 0),
  });
  const tensors = {
    gamma: tensor(scale),
    beta: tensor(offset),
    mean: tensor([0]),
    variance: tensor([1]),
  };
  return { kind: 'batch-norm', epsilon: 0, name, inputs, tensors };
}

function refuse({ name, kind }: Layer, problem: string): never {
  const message = `The layer ${name} (${kind}) ${problem}, which TF.js layers cannot say`;
  throw new GraftError('unsupported-layer', message, { layer: name, className: kind });
}
