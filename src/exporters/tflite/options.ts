import type { Padding2d } from '../../network/network.ts';
import { bool, float32, int32, int32s, int8, type Table } from './flatbuffer.ts';

/** Tables of options, field by field as the schema numbers them. */

/** An activation that an operator computes along with itself. */
export type FusedActivation = 'linear' | 'relu' | 'relu6';

const ACTIVATIONS: Readonly<Record<FusedActivation, number>> = { linear: 0, relu: 1, relu6: 3 };
const PADDINGS: Readonly<Record<Padding2d, number>> = { same: 0, valid: 1 };

interface Window {
  readonly padding: Padding2d;
  readonly strides: readonly [number, number];
}

interface ConvolutionWindow extends Window {
  readonly dilations: readonly [number, number];
  readonly activation: FusedActivation;
}

export function convolutionOptions(window: ConvolutionWindow): Table {
  return [...strides(window), int8(ACTIVATIONS[window.activation]), ...dilations(window)];
}

export function depthwiseOptions(window: ConvolutionWindow, multiplier: number): Table {
  const activation = int8(ACTIVATIONS[window.activation]);
  return [...strides(window), int32(multiplier), activation, ...dilations(window)];
}

export function poolOptions(window: Window, [height, width]: readonly [number, number]): Table {
  return [...strides(window), int32(width), int32(height), int8(ACTIVATIONS.linear)];
}

export function fullyConnectedOptions(activation: FusedActivation): Table {
  return [int8(ACTIVATIONS[activation])];
}

export const plainOptions: Table = [int8(ACTIVATIONS.linear)];
export const softmaxOptions: Table = [float32(1)];
export const halfPixelOptions: Table = [null, null, bool(false), bool(true)];
/** Of a picture's slice: all of the batch, whatever is said of its beginning and end. */
export const imageSliceOptions: Table = [int32(1), int32(1)];
export const exactGeluOptions: Table = [bool(false)];

export const concatenationOptions = (axis: number): Table => [
  int32(axis),
  int8(ACTIVATIONS.linear),
];
export const reducerOptions = (keepDims: boolean): Table => [bool(keepDims)];
export const reshapeOptions = (shape: readonly number[]): Table => [int32s(shape)];
export const leakyReluOptions = (alpha: number): Table => [float32(alpha)];

function strides({ padding, strides: [down, across] }: Window): Table {
  return [int8(PADDINGS[padding]), int32(across), int32(down)];
}

function dilations({ dilations: [down, across] }: ConvolutionWindow): Table {
  return [int32(across), int32(down)];
}
