/** A network as data: a layer graph in topological order with its weights. Knows nothing of TF.js. */

export interface WeightTensor {
  readonly shape: readonly number[];
  /** Row by row. May be read from a file at each access: take it once, and let go of it soon. */
  readonly values: Float32Array;
}

export type Padding2d = 'same' | 'valid';
export type ActivationKind = 'linear' | 'relu' | 'relu6' | 'sigmoid' | 'tanh' | 'softmax';

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
  | { readonly kind: 'batch-norm'; readonly epsilon: number }
  | { readonly kind: 'activation'; readonly activation: ActivationKind }
  | {
      readonly kind: 'zero-padding2d';
      readonly padding: readonly [top: number, bottom: number, left: number, right: number];
    }
  | {
      readonly kind: 'max-pooling2d' | 'average-pooling2d';
      readonly poolSize: readonly [number, number];
      readonly strides: readonly [number, number];
      readonly padding: Padding2d;
    }
  | { readonly kind: 'global-average-pooling2d'; readonly keepDims: boolean }
  | { readonly kind: 'dense'; readonly activation: ActivationKind }
  | { readonly kind: 'add' }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'reshape'; readonly targetShape: readonly number[] }
  | { readonly kind: 'dropout' };

/**
 * Role of a tensor within its layer: `kernel` ([h, w, in, out], depthwise [h, w, in, multiplier],
 * dense [in, out]), `bias`, and for batch norm `gamma`, `beta`, `mean`, `variance`.
 */
export type TensorRole = 'kernel' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance';

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
