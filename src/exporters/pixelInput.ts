import type { PixelRange } from '../domain/preprocessing.ts';
import { GREY_WEIGHTS, numInputChannels } from '../domain/preprocessing.ts';
import type { Layer, LayerKind, Network, WeightTensor } from '../network/network.ts';

/**
 * The network with a first layer that takes 8-bit RGB as it is, [batch, height, width, 3] of 0 to 255,
 * and turns it into the base's own range and channels: what every exported file takes but the one that
 * is compatible with Teachable Machine.
 */
export function withPixelInput(network: Network, range: PixelRange): Network {
  const [input, ...rest] = network.layers;
  if (input?.kind !== 'input') throw new Error('The first layer of a network is its input');
  const shifted = rest.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((position) => position + 1),
  }));
  const shape = [...input.shape.slice(0, -1), 3];
  return { layers: [{ ...input, shape }, rangeLayer(range), ...shifted] };
}

function rangeLayer(range: PixelRange): Layer {
  const common = { name: 'pixel_range', inputs: [0] };
  const { channelOrder, scale, offset } = range;
  if (channelOrder === 'rgb') return { ...common, kind: 'rescaling', scale, offset, tensors: {} };
  return { ...common, ...SINGLE_PIXELS, tensors: mixingTensors(range) };
}

/** A convolution of single pixels mixes their channels. */
const SINGLE_PIXELS: Extract<LayerKind, { kind: 'conv2d' }> = {
  kind: 'conv2d',
  strides: [1, 1],
  dilations: [1, 1],
  padding: 'valid',
  activation: 'linear',
};

function mixingTensors(range: PixelRange): { kernel: WeightTensor; bias: WeightTensor } {
  const numOutputs = numInputChannels(range);
  const outputs = Array.from({ length: numOutputs }, (_, output) => output);
  const at = (values: readonly number[], output: number) => values[output] ?? values[0];
  const scales = outputs.map((output) => at(range.scale, output) ?? 1);
  const offsets = outputs.map((output) => at(range.offset, output) ?? 0);
  // [1, 1, rgb, outputs]
  const kernel = [0, 1, 2].flatMap((channel) =>
    outputs.map((output) => (scales[output] ?? 1) * share(range, channel, output)),
  );
  return {
    kernel: { shape: [1, 1, 3, numOutputs], values: Float32Array.from(kernel) },
    bias: { shape: [numOutputs], values: Float32Array.from(offsets) },
  };
}

/** How much of a channel of RGB goes into a channel of the base. */
function share({ channelOrder }: PixelRange, channel: number, output: number): number {
  if (channelOrder === 'grey') return GREY_WEIGHTS[channel] ?? 0;
  return channel === 2 - output ? 1 : 0;
}
