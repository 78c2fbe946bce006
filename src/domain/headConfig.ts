import type { Cut } from './cut.ts';
import { DEFAULT_GRADIENT_SETTINGS, type GradientSettings } from './gradientSettings.ts';
import type { TuningSettings } from './tuningSettings.ts';

/** How activations are brought to comparable sizes before a head is fitted on them. */
export const SCALINGS = ['none', 'centred', 'standardised'] as const;
export type Scaling = (typeof SCALINGS)[number];

interface SharedConfig {
  /** Share of each class's `auto` photos that is held out, 0 to 0.9. */
  readonly validationShare: number;
  /** Seeds the split and whatever else a solver draws. */
  readonly seed: number;
}

/** A softmax head at the optimum of its penalised loss. */
export interface ExactConfig extends SharedConfig {
  readonly solver: 'exact';
  /** `auto`: chosen by cross-validation on the training part. */
  readonly scaling: Scaling | 'auto';
  /** Strength of the L2 penalty on the weights of the scaled activations; `null`: chosen likewise. */
  readonly l2: number | null;
}

/** A softmax head, with hidden layers if wanted, fitted by gradient descent on scaled activations. */
export interface GradientConfig extends SharedConfig, GradientSettings {
  readonly solver: 'gradient';
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly scaling: Scaling;
  /** Strength of the L2 penalty on the kernels, the first of which is for the scaled activations. */
  readonly l2: number;
}

/** An earlier cut, at one layer, whose whole outputs are kept. */
export interface TrainingStart extends Cut {
  /** Name of the layer, for display. */
  readonly layer: string;
}

/** Layers of the base trained together with a softmax layer on top, which begins at its optimum. */
export interface DeeperConfig extends SharedConfig, TuningSettings {
  readonly solver: 'deeper';
  /**
   * `null`: before the last few layers, as `tuningStarts` finds them; what a run has done is never `null`.
   */
  readonly start: TrainingStart | null;
}

export type HeadConfig = ExactConfig | GradientConfig | DeeperConfig;

const SHARED = { validationShare: 0.2, seed: 1 };

export const DEFAULT_EXACT_CONFIG: ExactConfig = {
  solver: 'exact',
  scaling: 'auto',
  l2: null,
  ...SHARED,
};

export const DEFAULT_GRADIENT_CONFIG: GradientConfig = {
  solver: 'gradient',
  epochs: 30,
  batchSize: 32,
  learningRate: 0.001,
  scaling: 'standardised',
  l2: 0.03,
  ...DEFAULT_GRADIENT_SETTINGS,
  ...SHARED,
};

/** Small steps, so that what the base knows is changed and not lost. */
export const DEFAULT_DEEPER_CONFIG: DeeperConfig = {
  solver: 'deeper',
  start: null,
  batchNorm: 'frozen',
  dropout: 0,
  optimizer: { kind: 'adam' },
  schedule: { kind: 'constant', warmUpEpochs: 0 },
  learningRate: 1e-4,
  epochs: 10,
  batchSize: 16,
  labelSmoothing: 0,
  classWeights: { kind: 'none' },
  earlyStopping: { patience: 3 },
  ...SHARED,
};

export const DEFAULT_HEAD_CONFIG: HeadConfig = { ...DEFAULT_EXACT_CONFIG };

/** Inclusive limits of each number; the settings panel and archives are checked against them. */
export const HEAD_CONFIG_LIMITS = {
  epochs: { min: 1, max: 1000, isInteger: true },
  batchSize: { min: 1, max: 4096, isInteger: true },
  learningRate: { min: 1e-6, max: 1, isInteger: false },
  l2: { min: 0, max: 10, isInteger: false },
  /** Without any penalty, classes that can be told apart perfectly have no optimum. */
  exactL2: { min: 1e-6, max: 1000, isInteger: false },
  momentum: { min: 0, max: 0.999, isInteger: false },
  weightDecay: { min: 0, max: 10, isInteger: false },
  warmUpEpochs: { min: 0, max: 1000, isInteger: true },
  stepEpochs: { min: 1, max: 1000, isInteger: true },
  stepFactor: { min: 0.01, max: 1, isInteger: false },
  hiddenLayers: { min: 0, max: 4, isInteger: true },
  units: { min: 1, max: 4096, isInteger: true },
  dropout: { min: 0, max: 0.9, isInteger: false },
  kernelValue: { min: -10, max: 10, isInteger: false },
  biasValue: { min: -10, max: 10, isInteger: false },
  l1: { min: 0, max: 10, isInteger: false },
  clipLimit: { min: 1e-6, max: 1000, isInteger: false },
  labelSmoothing: { min: 0, max: 0.9, isInteger: false },
  classWeight: { min: 0, max: 1000, isInteger: false },
  patience: { min: 1, max: 1000, isInteger: true },
  validationShare: { min: 0, max: 0.9, isInteger: false },
  seed: { min: 0, max: 4294967295, isInteger: true },
} as const;

export type HeadConfigField = keyof typeof HEAD_CONFIG_LIMITS;

/** Whether `value` may stand in `field`. */
export function isHeadConfigValue(field: HeadConfigField, value: number): boolean {
  const { min, max, isInteger } = HEAD_CONFIG_LIMITS[field];
  return value >= min && value <= max && (!isInteger || Number.isInteger(value));
}

/** A configuration as earlier versions stored it, with what they did where they did not say. */
export function completeHeadConfig(stored: HeadConfig): HeadConfig {
  switch (stored.solver) {
    case 'exact':
      return stored;
    case 'gradient':
      return { ...DEFAULT_GRADIENT_CONFIG, ...stored };
    case 'deeper':
      return { ...DEFAULT_DEEPER_CONFIG, ...stored };
  }
}
