import type { FlatLayer } from '../kerasGraph.ts';
import { permuted, reshaped } from '../lazyTensor.ts';
import type { WeightTensor } from '../network.ts';

/** PyTorch's [out, in, height, width] as [height, width, in, out]. */
export function convolutionKernel(tensor: WeightTensor): WeightTensor {
  return permuted(tensor, [2, 3, 1, 0]);
}

/** PyTorch's [channels, 1, height, width] as [height, width, channels, 1]. */
export function depthwiseKernel(tensor: WeightTensor): WeightTensor {
  return permuted(tensor, [2, 3, 0, 1]);
}

/**
 * PyTorch's [out, in] as [in, out]. Behind a flattened picture, PyTorch's inputs are ordered channel by
 * channel and ours pixel by pixel; `numChannels` is then the picture's, and otherwise `null`. timm keeps
 * such layers as convolutions, [out, in, height, width], to the same effect.
 */
export function denseKernel(tensor: WeightTensor, numChannels: number | null): WeightTensor {
  const [out = 0, ...rest] = tensor.shape;
  const numInputs = rest.reduce((product, size) => product * size, 1);
  const channels = numChannels ?? numInputs;
  const view = reshaped(tensor, [out, channels, numInputs / channels]);
  return reshaped(permuted(view, [2, 1, 0]), [numInputs, out]);
}

/** Channels of the picture that was flattened for this layer; `null` where it gets a row as it is. */
export function flattenedChannels(
  layers: readonly FlatLayer[],
  { inputs }: FlatLayer,
): number | null {
  const [position = 0] = inputs;
  if (layers[position]?.settings.kind !== 'flatten') return null;
  const convolution = layers
    .slice(0, position)
    .findLast(({ settings }) => settings.kind === 'conv2d');
  return convolution?.variables[0]?.shape.at(-1) ?? null;
}
