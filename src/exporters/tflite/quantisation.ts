import type { ValueRange } from '../../domain/valueRange.ts';
import type { Quantisation } from './liteGraph.ts';

/** How float32 becomes int8, by https://ai.google.dev/edge/litert/models/quantization_spec. */

const [LOWEST, HIGHEST] = [-128, 127];
/** Weights are symmetric, which leaves out the lowest. */
const WEIGHT_LEVELS = 127;
/** Biases stay well within int32. */
const MAX_BIAS = 2 ** 30;
const SMALLEST_SCALE = 2 ** -40;

/** One pair for all of a tensor, with 0 among the values that int8 gives exactly. */
export function rangeQuantisation(range: ValueRange): Quantisation {
  const min = Math.min(range.min, 0);
  const span = Math.max(range.max, 0) - min;
  const scale = Math.fround(span > 0 ? span / (HIGHEST - LOWEST) : 1);
  const zeroPoint = Math.round(LOWEST - min / scale);
  return ofTensor(scale, Math.min(Math.max(zeroPoint, LOWEST), HIGHEST));
}

export function ofTensor(scale: number, zeroPoint: number): Quantisation {
  return { scales: [scale], zeroPoints: [zeroPoint], axis: 0 };
}

export function areEqual(one: Quantisation, other: Quantisation): boolean {
  return one.scales[0] === other.scales[0] && one.zeroPoints[0] === other.zeroPoints[0];
}

/** A kernel whose output channels are the first or the last of its axes. */
export interface KernelValues {
  readonly values: Float32Array;
  readonly numChannels: number;
  readonly areChannelsLast: boolean;
}

/**
 * One scale per output channel, wide enough for the channel's bias too, which is stored in steps of the
 * input's scale times this one.
 */
export function channelScales(kernel: KernelValues, bias: Float32Array, inputScale: number) {
  const largest = new Float32Array(kernel.numChannels);
  const channelOf = channelIndex(kernel);
  for (let i = 0; i < kernel.values.length; i++) {
    const channel = channelOf(i);
    largest[channel] = Math.max(largest[channel] ?? 0, Math.abs(kernel.values[i] ?? 0));
  }
  return Array.from(largest, (value, channel) => {
    const forBias = Math.abs(bias[channel] ?? 0) / (inputScale * MAX_BIAS);
    return Math.fround(Math.max(value / WEIGHT_LEVELS, forBias, SMALLEST_SCALE));
  });
}

export function quantisedKernel(kernel: KernelValues, scales: readonly number[]): Int8Array {
  const channelOf = channelIndex(kernel);
  const result = new Int8Array(kernel.values.length);
  for (let i = 0; i < result.length; i++) {
    const level = Math.round((kernel.values[i] ?? 0) / (scales[channelOf(i)] ?? 1));
    result[i] = Math.min(Math.max(level, -WEIGHT_LEVELS), WEIGHT_LEVELS);
  }
  return result;
}

export function quantisedBias(bias: Float32Array, scales: readonly number[]): Int32Array {
  return Int32Array.from(bias, (value, channel) => Math.round(value / (scales[channel] ?? 1)));
}

function channelIndex({ values, numChannels, areChannelsLast }: KernelValues) {
  if (areChannelsLast) return (i: number) => i % numChannels;
  const perChannel = values.length / numChannels;
  return (i: number) => Math.floor(i / perChannel);
}
