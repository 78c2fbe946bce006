import type { GradientSettings } from './gradientSettings.ts';

export const BATCH_NORM_MODES = ['frozen', 'trained'] as const;
export type BatchNormMode = (typeof BATCH_NORM_MODES)[number];

/** How the layers of a network are trained by gradient descent. */
export interface TuningSettings extends Pick<
  GradientSettings,
  'optimizer' | 'schedule' | 'earlyStopping' | 'labelSmoothing' | 'classWeights'
> {
  /** Whether batch norms stay as they are, or learn and follow the batches. */
  readonly batchNorm: BatchNormMode;
  /** Share of the values that every dropout layer drops in a training pass, 0 to 0.9. */
  readonly dropout: number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
}
