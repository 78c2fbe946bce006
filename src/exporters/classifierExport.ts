import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Network } from '../network/network.ts';

/** What every format is written from. */
export interface ClassifierExport {
  /** Base, pooling and head, for input in the base's own range. */
  readonly network: Network;
  /** Class names in output order. */
  readonly labels: readonly string[];
  readonly preprocessing: PreprocessingSpec;
  readonly modelName: string;
  readonly createdAt: Date;
}
