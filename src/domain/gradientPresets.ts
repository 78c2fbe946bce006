import { DEFAULT_GRADIENT_SETTINGS } from './gradientSettings.ts';
import type { GradientConfig } from './headConfig.ts';

export const GRADIENT_PRESETS = ['teachable-machine', 'dl4j-flowers'] as const;
export type GradientPreset = (typeof GRADIENT_PRESETS)[number];

/** None scales activations or has a penalty. */
const PLAIN = { solver: 'gradient', scaling: 'none', l2: 0, ...DEFAULT_GRADIENT_SETTINGS } as const;

/** Settings that others are known by. */
export const PRESET_CONFIGS: Readonly<Record<GradientPreset, Omit<GradientConfig, 'seed'>>> = {
  /** Of @teachablemachine/image: 100 hidden units, Adam with TF.js's defaults, 85/15. */
  'teachable-machine': {
    ...PLAIN,
    epochs: 50,
    batchSize: 16,
    learningRate: 0.001,
    hiddenLayers: [{ units: 100, activation: 'relu', hasBatchNorm: false, dropout: 0 }],
    initialisation: { kernel: { kind: 'lecun-normal' }, biasValue: 0 },
    validationShare: 0.15,
  },
  /** Of DL4J's transfer learning on flower photos: Adam, 60/40. */
  'dl4j-flowers': {
    ...PLAIN,
    epochs: 50,
    batchSize: 8,
    learningRate: 3e-5,
    initialisation: { kernel: { kind: 'glorot-normal' }, biasValue: 0 },
    validationShare: 0.4,
  },
};
