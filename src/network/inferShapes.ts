import { requireLength, misfit, type LayerShape } from './layerShape.ts';
import { broadcastShape, concatenatedShape } from './mergedShapes.ts';
import type { Layer, Network } from './network.ts';
import { convolvedShape, imageShape, pooledShape, resizedShape } from './windowedShapes.ts';

/** Far above what a browser can hold of one photo (1 GiB as float32). */
const MAX_VALUES = 2 ** 28;

/**
 * Output shape of every layer, for an input of `inputShape` or of the shape that the network states.
 * Errors: base-invalid where a tensor or an input does not fit a layer, with the layer named.
 */
export function inferShapes(network: Network, inputShape?: LayerShape): readonly LayerShape[] {
  const shapes: LayerShape[] = [];
  for (const layer of network.layers) {
    const inputs = layer.inputs.map((position) => shapes[position] ?? []);
    const shape = outputShape(layer, inputs, inputShape);
    if ((productOf(shape) ?? 0) > MAX_VALUES) {
      misfit(layer, `has an output of ${shape.join(' × ')} values, too many for a browser`);
    }
    shapes.push(shape);
  }
  return shapes;
}

function outputShape(layer: Layer, inputs: readonly LayerShape[], given?: LayerShape): LayerShape {
  if (layer.kind === 'input') return given ?? layer.shape;
  const input = inputs[0];
  if (input === undefined) return misfit(layer, 'has no input');
  if (layer.kind === 'add' || layer.kind === 'multiply') return broadcastShape(layer, inputs);
  if (layer.kind === 'concatenate') return concatenatedShape(layer, inputs);
  if (inputs.length > 1) return misfit(layer, 'has more than one input');
  return oneInputShape(layer, input);
}

type OneInputLayer = Exclude<Layer, { kind: 'input' | 'add' | 'multiply' | 'concatenate' }>;

function oneInputShape(layer: OneInputLayer, input: LayerShape): LayerShape {
  switch (layer.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return convolvedShape(layer, input);
    case 'max-pooling2d':
    case 'average-pooling2d':
      return pooledShape(layer, input);
    case 'zero-padding2d':
    case 'cropping2d':
    case 'upsampling2d':
      return resizedShape(layer, input);
    case 'global-average-pooling2d':
    case 'global-max-pooling2d': {
      const [, , channels] = imageShape(layer, input);
      return layer.keepDims ? [1, 1, channels] : [channels];
    }
    case 'batch-norm':
      for (const role of ['gamma', 'beta', 'mean', 'variance'] as const) {
        requireLength(layer, role, input.at(-1) ?? null);
      }
      return input;
    case 'rescaling':
      return rescaledShape(layer, input);
    case 'prelu':
      return broadcastShape(layer, [input, layer.tensors.alpha?.shape ?? []]);
    case 'dense':
      return denseShape(layer, input);
    case 'flatten':
      return [productOf(input)];
    case 'reshape':
      return reshapedShape(layer, layer.targetShape, productOf(input));
    case 'activation':
    case 'leaky-relu':
    case 'dropout':
      return input;
  }
}

function denseShape(layer: Extract<Layer, { kind: 'dense' }>, input: LayerShape): LayerShape {
  const [inSize = 0, outSize = 0] = layer.tensors.kernel?.shape ?? [];
  const given = input.at(-1);
  if (given === undefined) return misfit(layer, 'has no input');
  if (given !== null && given !== inSize) {
    return misfit(layer, `has a kernel for ${String(inSize)} values but gets ${String(given)}`);
  }
  requireLength(layer, 'bias', outSize);
  return [...input.slice(0, -1), outSize];
}

function rescaledShape(
  layer: Extract<Layer, { kind: 'rescaling' }>,
  input: LayerShape,
): LayerShape {
  const channels = input.at(-1) ?? null;
  const fits = [layer.scale, layer.offset].every(
    ({ length }) => length === 1 || channels === null || length === channels,
  );
  return fits ? input : misfit(layer, `does not fit an input of ${String(channels)} channels`);
}

function reshapedShape(
  layer: Layer,
  target: readonly number[],
  numValues: number | null,
): LayerShape {
  const known = target.filter((size) => size !== -1).reduce((product, size) => product * size, 1);
  const numOpen = target.filter((size) => size === -1).length;
  if (numValues === null) return target.map((size) => (size === -1 ? null : size));
  const fits = numOpen === 0 ? known === numValues : numOpen === 1 && numValues % known === 0;
  if (!fits)
    return misfit(layer, `cannot make ${target.join(' × ')} of ${String(numValues)} values`);
  return target.map((size) => (size === -1 ? numValues / known : size));
}

function productOf(shape: LayerShape): number | null {
  return shape.reduce<number | null>(
    (product, size) => (product === null || size === null ? null : product * size),
    1,
  );
}
