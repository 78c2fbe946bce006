import { DEFAULT_GRADIENT_SETTINGS } from './gradientSettings.ts';
import type { GradientConfig } from './headConfig.ts';

export const GRADIENT_PRESETS = ['teachable-machine', 'dl4j-flowers'] as const;
export type GradientPreset = (typeof GRADIENT_PRESETS)[number];

/** None scales activations or has a penalty. */
const PLAIN = { solver: 'gradient', scaling: 'none', l2: 0, ...DEFAULT_GRADIENT_SETTINGS } as const;

/** Settings that others are known by. */
export const PRESET_CONFIGS: Readonly<Record<GradientPreset, Omit<GradientConfig, 'seed'>>> = {
  /**
   * Layers, optimiser and split of `TeachableMobileNet.train` in googlecreativelab/teachablemachine-community,
   * libraries/image/src/teachable-mobilenet.ts; what it leaves to its caller as in the library's own
   * test/image.test.ts for MobileNetV2, and on the website. Not the same: its softmax layer has no bias, its
   * initial weights are cut off at two deviations without being widened for that, its photos are shuffled once.
   */
  'teachable-machine': {
    ...PLAIN,
    epochs: 50,
    batchSize: 16,
    learningRate: 0.001,
    hiddenLayers: [{ units: 100, activation: 'relu', hasBatchNorm: false, dropout: 0 }],
    initialisation: { kernel: { kind: 'lecun-normal' }, biasValue: 0 },
    validationShare: 0.15,
  },
  /**
   * A softmax layer on VGG16's `fc2`, begun as DL4J does by default (`WeightInit.XAVIER`), trained on 60 % of
   * the flower photos: the run of about 85 %. The examples in deeplearning4j-examples are shorter and other:
   * EditLastLayerOthersFrozen and FitFromFeaturized take Nesterov's momentum at 5e-5 and 3e-5, batches of 15
   * or 16, at most three epochs, 80/20, and weights of deviation 0.2 * 2 / (4096 + 5), which is nearly none.
   */
  'dl4j-flowers': {
    ...PLAIN,
    epochs: 50,
    batchSize: 8,
    learningRate: 3e-5,
    initialisation: { kernel: { kind: 'glorot-normal' }, biasValue: 0 },
    validationShare: 0.4,
  },
};
