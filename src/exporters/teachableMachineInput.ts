import { numInputChannels, type PixelRange } from '../domain/preprocessing.ts';
import type { Layer, Network, WeightTensor } from '../network/network.ts';

const SCALE = 1 / 127;
const OFFSET = -1;
const EPSILON = 1e-3;

/** Teachable Machine feeds its models `x / 127 - 1` of 8-bit pixels, which reaches a little over 1. */
export function teachableMachineRange({ channelOrder }: PixelRange): PixelRange {
  const isGrey = channelOrder === 'grey';
  return { channelOrder: isGrey ? 'grey' : 'rgb', scale: [SCALE], offset: [OFFSET] };
}

/**
 * The network with a first layer that turns Teachable Machine's input into the base's own range:
 * with `t = x / 127 - 1`, the base's `x * scale + offset` is `t * (127 * scale) + (127 * scale + offset)`.
 */
export function withTeachableMachineInput(network: Network, range: PixelRange): Network {
  const [input, ...rest] = network.layers;
  if (input?.kind !== 'input') throw new Error('The first layer of a network is its input');
  const shifted = rest.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((position) => position + 1),
  }));
  return { layers: [input, rangeLayer(range), ...shifted] };
}

/** For each channel of the base, in its own order. */
function gainsAndShifts(range: PixelRange) {
  const channels = Array.from({ length: numInputChannels(range) }, (_, channel) => channel);
  const gains = channels.map((i) => (range.scale[i] ?? range.scale[0] ?? 1) / SCALE);
  const shifts = gains.map((gain, i) => (range.offset[i] ?? range.offset[0] ?? 0) - gain * OFFSET);
  return { gains, shifts };
}

function rangeLayer(range: PixelRange): Layer {
  const { gains, shifts } = gainsAndShifts(range);
  const perChannel = (values: readonly number[]): WeightTensor => ({
    shape: [values.length],
    values: Float32Array.from(values),
  });
  const common = { name: 'input_range', inputs: [0] };
  if (range.channelOrder !== 'bgr') {
    // A batch norm, because TF.js 1.3.1 has no other layer that only scales and shifts.
    // Mean 0 and a root of variance plus epsilon of 1 leave gamma and beta.
    const tensors = {
      gamma: perChannel(gains),
      beta: perChannel(shifts),
      mean: perChannel(gains.map(() => 0)),
      variance: perChannel(gains.map(() => 1 - EPSILON)),
    };
    return { ...common, kind: 'batch-norm', epsilon: EPSILON, tensors };
  }
  // A convolution of single pixels turns the channels round as well: [1, 1, rgb, bgr].
  const [blue = 1, green = 1, red = 1] = gains;
  const kernel = Float32Array.from([0, 0, red, 0, green, 0, blue, 0, 0]);
  return {
    ...common,
    kind: 'conv2d',
    strides: [1, 1],
    dilations: [1, 1],
    padding: 'valid',
    activation: 'linear',
    tensors: { kernel: { shape: [1, 1, 3, 3], values: kernel }, bias: perChannel(shifts) },
  };
}
