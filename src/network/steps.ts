import type { ActivationKind, LayerKind, Padding2d, WeightTensor } from './network.ts';

/** Zeros added on each side before the window moves. */
export interface SidePadding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Hard sigmoids and hard swish are several steps. */
export type StepActivation =
  | { readonly kind: Exclude<ActivationKind, `hard-${string}`> }
  | { readonly kind: 'leaky-relu'; readonly alpha: number }
  | { readonly kind: 'prelu'; readonly alpha: WeightTensor };

type WindowSettings = Pick<Extract<LayerKind, { kind: 'conv2d' }>, 'strides' | 'dilations'>;

interface Weighted {
  readonly inputs: readonly number[];
  readonly kernel: WeightTensor;
  readonly bias: WeightTensor | null;
  /** One that `isFused` allows. */
  readonly activation: StepActivation;
}

export interface ConvolutionStep extends Weighted, WindowSettings {
  readonly kind: 'conv2d' | 'depthwise-conv2d';
  readonly padding: Padding2d | SidePadding;
}

export interface DenseStep extends Weighted {
  readonly kind: 'dense';
}

/** `x * scale + shift` per channel: a batch norm or a rescaling that no kernel could take in. */
export interface AffineStep {
  readonly kind: 'affine';
  readonly inputs: readonly number[];
  /** One value, or one per channel; both of the same length. */
  readonly scale: Float32Array;
  readonly shift: Float32Array;
  readonly activation: StepActivation;
}

export interface ActivationStep {
  readonly kind: 'activation';
  readonly inputs: readonly number[];
  readonly activation: StepActivation;
}

type LoweredKind =
  | 'conv2d'
  | 'depthwise-conv2d'
  | 'dense'
  | 'batch-norm'
  | 'rescaling'
  | 'activation'
  | 'leaky-relu'
  | 'prelu'
  | 'dropout';

/** One operation of a network for inference; inputs are positions of steps. */
export type Step =
  | ConvolutionStep
  | DenseStep
  | AffineStep
  | ActivationStep
  | ({ readonly inputs: readonly number[] } & Exclude<LayerKind, { kind: LoweredKind }>);

const FUSED: readonly StepActivation['kind'][] = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'sigmoid',
  'leaky-relu',
];

/** Whether every backend computes the activation together with a kernel. */
export function isFused(activation: StepActivation): boolean {
  if (activation.kind === 'prelu') return isPerChannel(activation.alpha);
  return FUSED.includes(activation.kind);
}

/** Whether all values of a channel share one number. */
export function isPerChannel({ shape }: WeightTensor): boolean {
  return shape.slice(0, -1).every((size) => size === 1);
}
