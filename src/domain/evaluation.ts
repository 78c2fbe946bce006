export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Number of photos whose true class this is. */
  readonly support: number;
}

export type AveragedMetrics = Omit<ClassMetrics, 'support'>;

export interface Evaluation {
  readonly numSamples: number;
  readonly accuracy: number;
  /** 95 % Wilson score interval of the accuracy. */
  readonly interval: { readonly low: number; readonly high: number };
  /** [true class][predicted class], counts. */
  readonly confusionMatrix: readonly (readonly number[])[];
  /** In label order. */
  readonly perClass: readonly ClassMetrics[];
  /** Mean over classes that have photos. */
  readonly macro: AveragedMetrics;
  /** Mean over classes weighted by support. */
  readonly weighted: AveragedMetrics;
}
