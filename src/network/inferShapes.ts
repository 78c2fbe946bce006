import { GraftError } from '../domain/errors.ts';
import type { Layer, Network, Padding2d, TensorRole } from './network.ts';

/** Sizes without the batch; `null` where the input's size is open. */
export type LayerShape = readonly (number | null)[];

/**
 * Output shape of every layer, for an input of `inputShape` or of the shape that the network states.
 * Errors: base-invalid where a tensor or an input does not fit a layer, with the layer named.
 */
export function inferShapes(network: Network, inputShape?: LayerShape): readonly LayerShape[] {
  const shapes: LayerShape[] = [];
  for (const layer of network.layers) {
    const inputs = layer.inputs.map((position) => shapes[position] ?? []);
    shapes.push(outputShape(layer, inputs, inputShape));
  }
  return shapes;
}

function outputShape(layer: Layer, inputs: readonly LayerShape[], given?: LayerShape): LayerShape {
  if (layer.kind === 'input') return given ?? layer.shape;
  const input = inputs[0];
  if (input === undefined) return misfit(layer, 'has no input');
  if (layer.kind === 'add') return sharedShape(layer, inputs);
  if (inputs.length > 1) return misfit(layer, 'has more than one input');
  switch (layer.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return convolvedShape(layer, input);
    case 'max-pooling2d':
    case 'average-pooling2d': {
      const [height, width, channels] = imageShape(layer, input);
      return [...windowedSizes(layer, [height, width], layer.poolSize), channels];
    }
    case 'zero-padding2d': {
      const [height, width, channels] = imageShape(layer, input);
      const [top, bottom, left, right] = layer.padding;
      return [plus(height, top + bottom), plus(width, left + right), channels];
    }
    case 'global-average-pooling2d': {
      const [, , channels] = imageShape(layer, input);
      return layer.keepDims ? [1, 1, channels] : [channels];
    }
    case 'batch-norm':
      for (const role of ['gamma', 'beta', 'mean', 'variance'] as const) {
        requireLength(layer, role, input.at(-1) ?? null);
      }
      return input;
    case 'dense':
      return denseShape(layer, input);
    case 'flatten':
      return [productOf(input)];
    case 'reshape':
      return reshapedShape(layer, layer.targetShape, productOf(input));
    case 'activation':
    case 'dropout':
      return input;
  }
}

type ImageShape = readonly [height: number | null, width: number | null, channels: number];

function imageShape(layer: Layer, shape: LayerShape): ImageShape {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels == null) {
    return misfit(layer, 'needs an input of height, width and channels');
  }
  return [height, width, channels];
}

function convolvedShape(
  layer: Extract<Layer, { kind: 'conv2d' | 'depthwise-conv2d' }>,
  input: LayerShape,
): LayerShape {
  const [height, width, channels] = imageShape(layer, input);
  const kernel = layer.tensors.kernel?.shape ?? [];
  const [kernelHeight = 0, kernelWidth = 0, inChannels = 0, last = 0] = kernel;
  if (kernel.length !== 4 || inChannels !== channels) {
    misfit(layer, `has a kernel of ${kernel.join(' × ')} for ${String(channels)} channels`);
  }
  const outChannels = layer.kind === 'conv2d' ? last : inChannels * last;
  requireLength(layer, 'bias', outChannels);
  const [dilationY, dilationX] = layer.dilations;
  const extent = [(kernelHeight - 1) * dilationY + 1, (kernelWidth - 1) * dilationX + 1] as const;
  return [...windowedSizes(layer, [height, width], extent), outChannels];
}

function denseShape(layer: Extract<Layer, { kind: 'dense' }>, input: LayerShape): LayerShape {
  const [inSize = 0, outSize = 0] = layer.tensors.kernel?.shape ?? [];
  if (input.length !== 1) return misfit(layer, 'needs an input of one dimension');
  if (input[0] !== null && input[0] !== inSize) {
    return misfit(layer, `has a kernel for ${String(inSize)} values but gets ${String(input[0])}`);
  }
  requireLength(layer, 'bias', outSize);
  return [outSize];
}

function windowedSizes(
  layer: Layer & { readonly strides: readonly [number, number]; readonly padding: Padding2d },
  sizes: readonly (number | null)[],
  windows: readonly [number, number],
): (number | null)[] {
  return sizes.map((size, i) => {
    const stride = layer.strides[i] ?? 1;
    if (size === null) return null;
    const covered = layer.padding === 'same' ? size : size - (windows[i] ?? 1) + 1;
    if (covered < 1) return misfit(layer, 'has a window larger than its input');
    return Math.ceil(covered / stride);
  });
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

function sharedShape(layer: Layer, inputs: readonly LayerShape[]): LayerShape {
  const [first = [], ...rest] = inputs;
  const isShared = rest.every(
    (shape) => shape.length === first.length && shape.every((size, i) => size === first[i]),
  );
  return isShared && rest.length > 0 ? first : misfit(layer, 'adds inputs of different shapes');
}

function requireLength(layer: Layer, role: TensorRole, length: number | null): void {
  const shape = layer.tensors[role]?.shape;
  if (shape === undefined || length === null) return;
  if (shape.length !== 1 || shape[0] !== length) {
    misfit(layer, `has a ${role} of ${shape.join(' × ')} for ${String(length)} channels`);
  }
}

function plus(size: number | null, extra: number): number | null {
  return size === null ? null : size + extra;
}

function productOf(shape: LayerShape): number | null {
  return shape.reduce<number | null>(
    (product, size) => (product === null || size === null ? null : product * size),
    1,
  );
}

function misfit(layer: Layer, problem: string): never {
  const message = `The layer ${layer.name} ${problem}`;
  throw new GraftError('base-invalid', message, { layer: layer.name });
}
