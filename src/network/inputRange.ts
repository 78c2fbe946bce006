import { GREY_WEIGHTS, type PixelRange } from '../domain/preprocessing.ts';
import type { Layer, Network } from './network.ts';

/** What our Teachable Machine compatible exports call the batch norm that they put before the base. */
const RANGE_NORM = 'input_range';
/** Weights of grey are float32. */
const ROUNDING = 1e-6;

export interface BareNetwork {
  readonly network: Network;
  /** What the network takes; `null` where nobody knows. */
  readonly range: PixelRange | null;
}

/**
 * The network as it is, for pixels in `range`, and without one after the other of the layers at its
 * beginning that only turn them into another range or into its own channels, the barest first. The way
 * back of `exporters/pixelInput` and `exporters/teachableMachineInput`, exact to a float32, and of what
 * Keras and graphs have for it: rescalings, layers that change pictures in training only, batch norms and
 * depthwise convolutions that stand for numbers.
 */
export function bareNetworks(network: Network, range: PixelRange | null): readonly BareNetwork[] {
  const found: BareNetwork[] = [{ network, range }];
  for (let next = withoutFirst(network, range); next !== null;) {
    found.unshift(next);
    next = withoutFirst(next.network, next.range);
  }
  return found;
}

/** The range of what the whole network gives for pixels in `before`; `null` where it does more to them. */
export function rangeThrough({ layers }: Network, before: PixelRange): PixelRange | null {
  const isChain = layers.every(({ inputs }, i) => inputs.join() === (i === 0 ? '' : `${i - 1}`));
  if (!isChain) return null;
  return layers
    .slice(1)
    .reduce<PixelRange | null>((range, layer) => range && rangeBehind(layer, range), before);
}

/** Whether the first layer takes 8-bit pixels as they are: one that brings them down to about 1. */
export function takesBytes({ layers }: Network): boolean {
  const first = layers.find(({ kind }) => kind !== 'input' && kind !== 'dropout');
  if (first?.kind !== 'rescaling') return false;
  return first.scale.every((factor) => factor > 1 / 1024 && factor < 1 / 16);
}

function withoutFirst({ layers }: Network, range: PixelRange | null): BareNetwork | null {
  const [input, first, ...rest] = layers;
  if (range === null || input?.kind !== 'input' || first === undefined) return null;
  if (rest.length === 0 || rest.some(({ inputs }) => inputs.includes(0))) return null;
  const turned = rangeBehind(first, range);
  if (turned === null) return null;
  const shifted = rest.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((position) => position - 1),
  }));
  const isGrey = turned.channelOrder === 'grey';
  const shape = isGrey ? [...input.shape.slice(0, -1), 1] : input.shape;
  return { network: { layers: [{ ...input, shape }, ...shifted] }, range: turned };
}

/** The range of what the layer gives for pixels in `before`; `null` where it does anything else to them. */
function rangeBehind(layer: Layer, before: PixelRange): PixelRange | null {
  if (layer.kind === 'dropout') return before;
  if (layer.kind === 'rescaling') return scaled(before, layer.scale, layer.offset);
  if (layer.kind === 'conv2d') return mixed(layer, before);
  if (layer.kind === 'depthwise-conv2d') return scaledEach(layer, before);
  if (layer.kind !== 'batch-norm') return null;
  const { gamma, beta, mean, variance } = layer.tensors;
  // Ours has seen mean 0 and, with epsilon, variance 1; so have those that stand for numbers in a graph.
  const isNumbers =
    layer.epsilon === 0 &&
    mean?.values.every((value) => value === 0) === true &&
    variance?.values.every((value) => value === 1) === true;
  if (layer.name !== RANGE_NORM && !isNumbers) return null;
  return scaled(before, [...(gamma?.values ?? [1])], [...(beta?.values ?? [0])]);
}

/** TensorFlow Lite's way to scale each channel: a depthwise convolution of single pixels. */
function scaledEach(
  { strides, activation, tensors }: Extract<Layer, { kind: 'depthwise-conv2d' }>,
  before: PixelRange,
): PixelRange | null {
  const { kernel, bias } = tensors;
  const [height, width, , multiplier] = kernel?.shape ?? [];
  const isPlain = activation === 'linear' && Math.max(...strides) === 1;
  if (kernel === undefined || !isPlain || [height, width, multiplier].join() !== '1,1,1') {
    return null;
  }
  return scaled(before, [...kernel.values], [...(bias?.values ?? [0])]);
}

/** A convolution of single pixels that turns red and blue round, or weighs the colours into grey. */
function mixed(
  { strides, activation, tensors }: Extract<Layer, { kind: 'conv2d' }>,
  before: PixelRange,
): PixelRange | null {
  const { kernel, bias } = tensors;
  const isPlain = activation === 'linear' && Math.max(...strides) === 1;
  if (!isPlain || kernel === undefined || before.channelOrder !== 'rgb') return null;
  const form = kernel.shape.join();
  if (form === '1,1,3,3') {
    const { values } = kernel;
    // Rows are red, green and blue, columns the base's blue, green and red.
    if (values.some((value, i) => value !== 0 && ![2, 4, 6].includes(i))) return null;
    const turned = { ...before, ...reversed(before), channelOrder: 'bgr' } as const;
    return scaled(
      turned,
      [values[6] ?? 0, values[4] ?? 0, values[2] ?? 0],
      [...(bias?.values ?? [0])],
    );
  }
  if (form !== '1,1,3,1' || before.scale.length + before.offset.length > 2) return null;
  const [red = 0, green = 0, blue = 0] = kernel.values;
  const gain = red / GREY_WEIGHTS[0];
  const isGrey = [red, green, blue].every(
    (value, i) => Math.abs(value - gain * (GREY_WEIGHTS[i] ?? 0)) <= ROUNDING * Math.abs(gain),
  );
  if (!isGrey) return null;
  // The weights of grey do not quite add up to 1.
  const offset = (bias?.values[0] ?? 0) + (red + green + blue) * (before.offset[0] ?? 0);
  return { channelOrder: 'grey', scale: [gain * (before.scale[0] ?? 1)], offset: [offset] };
}

function reversed({ scale, offset }: PixelRange) {
  return { scale: scale.toReversed(), offset: offset.toReversed() };
}

/** `gain * x + shift` of what has the range already. */
function scaled(
  { channelOrder, scale, offset }: PixelRange,
  gains: readonly number[],
  shifts: readonly number[],
): PixelRange {
  const length = Math.max(gains.length, shifts.length, scale.length, offset.length);
  const at = (values: readonly number[], i: number) => values[i] ?? values[0] ?? 0;
  const each = Array.from({ length }, (_, i) => i);
  return {
    channelOrder,
    scale: alike(each.map((i) => at(gains, i) * at(scale, i))),
    offset: alike(each.map((i) => at(shifts, i) + at(gains, i) * at(offset, i))),
  };
}

/** One number where all channels have the same. */
function alike(values: readonly number[]): readonly number[] {
  return values.every((value) => value === values[0]) ? values.slice(0, 1) : values;
}
