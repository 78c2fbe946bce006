import type { HiddenActivation } from './hiddenActivation.ts';
import type { ClassLabelId } from './ids.ts';

/** How gradients become corrections of the weights. */
export const OPTIMIZERS = [
  'adam',
  'adamw',
  'sgd',
  'momentum',
  'nesterov',
  'rmsprop',
  'adagrad',
] as const;
export type OptimizerKind = (typeof OPTIMIZERS)[number];

export type OptimizerConfig =
  | { readonly kind: 'adam' | 'sgd' | 'rmsprop' | 'adagrad' }
  | { readonly kind: 'momentum' | 'nesterov'; readonly momentum: number }
  /** The decay is of the kernels, per step, in units of the learning rate. */
  | { readonly kind: 'adamw'; readonly weightDecay: number };

export const SCHEDULES = ['constant', 'step', 'cosine'] as const;
export type ScheduleKind = (typeof SCHEDULES)[number];

/** What becomes of the learning rate after `warmUpEpochs`, in which it grows from 0. */
export type ScheduleConfig = { readonly warmUpEpochs: number } & (
  | { readonly kind: 'constant' | 'cosine' }
  /** Multiplied by `stepFactor` after every `stepEpochs`. */
  | { readonly kind: 'step'; readonly stepEpochs: number; readonly stepFactor: number }
);

/** Dense layer, batch norm, activation, dropout, in this order. */
export interface HiddenLayerConfig {
  readonly units: number;
  readonly activation: HiddenActivation;
  readonly hasBatchNorm: boolean;
  /** Share of the outputs that a step leaves out, 0 to 0.9. */
  readonly dropout: number;
}

export const INITIALISERS = [
  'zeros',
  'constant',
  'glorot-uniform',
  'glorot-normal',
  'lecun-normal',
  'he-uniform',
  'he-normal',
] as const;
export type InitialiserKind = (typeof INITIALISERS)[number];

export interface InitialisationConfig {
  readonly kernel:
    | { readonly kind: Exclude<InitialiserKind, 'constant'> }
    | { readonly kind: 'constant'; readonly kernelValue: number };
  readonly biasValue: number;
}

export const CLIPPINGS = ['none', 'value', 'norm', 'renormalise'] as const;
export type ClippingKind = (typeof CLIPPINGS)[number];

export type ClippingConfig =
  | { readonly kind: 'none' }
  /** Each number of the gradient, or the length of the whole, is at most `clipLimit`. */
  | { readonly kind: 'value' | 'norm'; readonly clipLimit: number }
  /** The gradient of each layer is divided by its length. */
  | { readonly kind: 'renormalise' };

export const CLASS_WEIGHTINGS = ['none', 'balanced', 'own'] as const;

export type ClassWeightsConfig =
  | { readonly kind: 'none' | 'balanced' }
  /** A class that is not in it has weight 1. */
  | { readonly kind: 'own'; readonly byClass: Readonly<Record<ClassLabelId, number>> };

/** Settings of gradient descent beyond the plainest. */
export interface GradientSettings {
  readonly optimizer: OptimizerConfig;
  readonly schedule: ScheduleConfig;
  /** From the activations upwards. */
  readonly hiddenLayers: readonly HiddenLayerConfig[];
  readonly initialisation: InitialisationConfig;
  /** Strength of the L1 penalty on the kernels. */
  readonly l1: number;
  readonly clipping: ClippingConfig;
  /** Share of each target that is spread evenly over all classes. */
  readonly labelSmoothing: number;
  readonly classWeights: ClassWeightsConfig;
  /**
   * Ends after `patience` epochs without a lower validation loss, with the weights of the best epoch;
   * `null`: goes on to the last. Where nothing is held out, there is nothing to stop by.
   */
  readonly earlyStopping: { readonly patience: number } | null;
}

export const DEFAULT_GRADIENT_SETTINGS: GradientSettings = {
  optimizer: { kind: 'adam' },
  schedule: { kind: 'constant', warmUpEpochs: 0 },
  hiddenLayers: [],
  initialisation: { kernel: { kind: 'zeros' }, biasValue: 0 },
  l1: 0,
  clipping: { kind: 'none' },
  labelSmoothing: 0,
  classWeights: { kind: 'none' },
  earlyStopping: null,
};
