import { misfit, requireLength, type LayerShape } from './layerShape.ts';
import type { Layer, Padding2d } from './network.ts';

type ImageShape = readonly [height: number | null, width: number | null, channels: number];

/** Throws where the shape is not one of a picture with a known number of channels. */
export function imageShape(layer: Layer, shape: LayerShape): ImageShape {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels == null) {
    return misfit(layer, 'needs an input of height, width and channels');
  }
  return [height, width, channels];
}

export function convolvedShape(
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

export function pooledShape(
  layer: Extract<Layer, { kind: 'max-pooling2d' | 'average-pooling2d' }>,
  input: LayerShape,
): LayerShape {
  const [height, width, channels] = imageShape(layer, input);
  return [...windowedSizes(layer, [height, width], layer.poolSize), channels];
}

/** Shape of a picture with borders added or taken away, or enlarged. */
export function resizedShape(
  layer: Extract<Layer, { kind: 'zero-padding2d' | 'cropping2d' | 'upsampling2d' }>,
  input: LayerShape,
): LayerShape {
  const [height, width, channels] = imageShape(layer, input);
  if (layer.kind === 'upsampling2d') {
    const [factorY, factorX] = layer.size;
    const enlarged = (size: number | null, factor: number) => size && size * factor;
    return [enlarged(height, factorY), enlarged(width, factorX), channels];
  }
  const isPadding = layer.kind === 'zero-padding2d';
  const [top, bottom, left, right] = isPadding ? layer.padding : layer.cropping;
  // Of a graph model; no kernel is written for it.
  if (Math.min(top, bottom, left, right) < 0) misfit(layer, 'has a border of less than nothing');
  const sign = isPadding ? 1 : -1;
  return [
    changed(layer, height, sign * (top + bottom)),
    changed(layer, width, sign * (left + right)),
    channels,
  ];
}

function changed(layer: Layer, size: number | null, difference: number): number | null {
  if (size === null) return null;
  return size + difference > 0 ? size + difference : misfit(layer, 'leaves nothing of its input');
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
