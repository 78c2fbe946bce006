import type { TensorRole } from '../domain/tensorRole.ts';

export type { TensorRole };

/** A network as data: a layer graph in topological order with its weights. Knows nothing of TF.js. */

export interface WeightTensor {
  readonly shape: readonly number[];
  /** Row by row. May be read from a file at each access: take it once, and let go of it soon. */
  readonly values: Float32Array;
  /** Whether each access makes values that nobody else has: see `freeValues`. */
  readonly isFresh?: boolean;
  /**
   * Gives the same values a few megabytes at a time, each run with the position of its first, where a
   * file can be read so: the whole is then never in memory. A run is the reader's own and soon gone.
   */
  readonly eachRun?: (take: TakeRun) => void;
}

export type TakeRun = (values: Float32Array, start: number) => void;

export type Padding2d = 'same' | 'valid';

/** Functions of a value alone, but for softmax, which goes over the last axis. */
export type ActivationKind =
  | 'linear'
  | 'relu'
  | 'relu6'
  | 'elu'
  | 'selu'
  | 'sigmoid'
  | 'tanh'
  | 'softmax'
  | 'softplus'
  /** x · Φ(x), with the exact error function. */
  | 'gelu'
  /** x · sigmoid(x), also called SiLU. */
  | 'swish'
  /** relu6(x + 3) / 6, as of Keras 3. */
  | 'hard-sigmoid'
  /** 0.2 · x + 0.5 within 0 and 1: what Keras 2 and TF.js call hard sigmoid. */
  | 'hard-sigmoid-keras2'
  /** x · relu6(x + 3) / 6 */
  | 'hard-swish';

/** Settings that change a layer's answer, by kind. Channels are last throughout. */
export type LayerKind =
  | {
      readonly kind: 'input';
      /** [height, width, channels] or [size]; `null` where any size will do. */
      readonly shape: readonly (number | null)[];
    }
  | {
      readonly kind: 'conv2d';
      readonly strides: readonly [number, number];
      readonly dilations: readonly [number, number];
      readonly padding: Padding2d;
      readonly activation: ActivationKind;
    }
  | {
      readonly kind: 'depthwise-conv2d';
      readonly strides: readonly [number, number];
      readonly dilations: readonly [number, number];
      readonly padding: Padding2d;
      readonly activation: ActivationKind;
    }
  /** With epsilon 0 it divides by the deviation itself, held above 1e-7: Keras' normalization. */
  | { readonly kind: 'batch-norm'; readonly epsilon: number }
  /** `x * scale + offset`; each list has one number for all channels or one per channel. */
  | {
      readonly kind: 'rescaling';
      readonly scale: readonly number[];
      readonly offset: readonly number[];
    }
  | { readonly kind: 'activation'; readonly activation: ActivationKind }
  /** x where it is positive, `alpha * x` elsewhere. */
  | { readonly kind: 'leaky-relu'; readonly alpha: number }
  /** The same with a tensor `alpha`, of the input's shape or 1 where values share it. */
  | { readonly kind: 'prelu' }
  | {
      readonly kind: 'zero-padding2d';
      readonly padding: readonly [top: number, bottom: number, left: number, right: number];
    }
  | {
      readonly kind: 'cropping2d';
      readonly cropping: readonly [top: number, bottom: number, left: number, right: number];
    }
  | {
      readonly kind: 'upsampling2d';
      readonly size: readonly [number, number];
      /** Bilinear takes values to lie at the centres of their pixels, as TensorFlow 2 does. */
      readonly interpolation: 'nearest' | 'bilinear';
    }
  | {
      readonly kind: 'max-pooling2d' | 'average-pooling2d';
      readonly poolSize: readonly [number, number];
      readonly strides: readonly [number, number];
      readonly padding: Padding2d;
    }
  | {
      readonly kind: 'global-average-pooling2d' | 'global-max-pooling2d';
      readonly keepDims: boolean;
    }
  /** Over the last axis. */
  | { readonly kind: 'dense'; readonly activation: ActivationKind }
  /** Of inputs of equal shape; a size of 1 is repeated. */
  | { readonly kind: 'add' }
  | { readonly kind: 'multiply' }
  /** Along the last axis. */
  | { readonly kind: 'concatenate' }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'reshape'; readonly targetShape: readonly number[] }
  /** `rate`: share that a training pass leaves out, of networks made here; files' rates are not read. */
  | { readonly kind: 'dropout'; readonly rate?: number };

export type Layer = LayerKind & {
  /** For display and for errors; no part of the network's identity. */
  readonly name: string;
  /** Positions of the inputs in `Network.layers`; always smaller than the layer's own. */
  readonly inputs: readonly number[];
  readonly tensors: Readonly<Partial<Record<TensorRole, WeightTensor>>>;
};

/**
 * Layers in canonical order: depth-first from the output, inputs before the layer, in the order in
 * which the layer names them. Two packagings of one network give the same positions.
 */
export interface Network {
  readonly layers: readonly Layer[];
}
