/** How a softmax head is fitted by gradient descent (Adam). */
export interface HeadConfig {
  readonly solver: 'gradient';
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Strength of the L2 penalty on the weights of the standardised activations. */
  readonly l2: number;
  /** Share of each class's `auto` photos that is held out, 0 to 0.9. */
  readonly validationShare: number;
  /** Seeds the split, the shuffles and nothing else is random. */
  readonly seed: number;
}

export const DEFAULT_HEAD_CONFIG: HeadConfig = {
  solver: 'gradient',
  epochs: 30,
  batchSize: 32,
  learningRate: 0.001,
  l2: 0.03,
  validationShare: 0.2,
  seed: 1,
};

/** Inclusive limits of each field; the settings panel and archives are checked against them. */
export const HEAD_CONFIG_LIMITS = {
  epochs: { min: 1, max: 1000, isInteger: true },
  batchSize: { min: 1, max: 4096, isInteger: true },
  learningRate: { min: 1e-6, max: 1, isInteger: false },
  l2: { min: 0, max: 10, isInteger: false },
  validationShare: { min: 0, max: 0.9, isInteger: false },
  seed: { min: 0, max: 4294967295, isInteger: true },
} as const;

export type HeadConfigField = keyof typeof HEAD_CONFIG_LIMITS;

/** Whether `value` may stand in `field`. */
export function isHeadConfigValue(field: HeadConfigField, value: number): boolean {
  const { min, max, isInteger } = HEAD_CONFIG_LIMITS[field];
  return value >= min && value <= max && (!isInteger || Number.isInteger(value));
}
