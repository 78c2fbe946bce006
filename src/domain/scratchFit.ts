import type { Sha256 } from './ids.ts';
import type { PreprocessingSpec } from './preprocessing.ts';
import type { EpochMetrics, RunSample } from './trainingRun.ts';
import {
  numPixelValues,
  twoConvolutionSizes,
  type TwoConvolutionSettings,
} from './twoConvolutions.ts';

/** How a network of two convolutions is trained: by Adam at a constant rate, on shuffled batches. */
export interface ScratchFit {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

export const DEFAULT_SCRATCH_FIT: ScratchFit = { epochs: 12, batchSize: 32, learningRate: 0.001 };

/** Inclusive limits of each number. */
export const SCRATCH_FIT_LIMITS = {
  epochs: { min: 1, max: 500, isInteger: true },
  batchSize: { min: 1, max: 512, isInteger: true },
  learningRate: { min: 1e-6, max: 1, isInteger: false },
} as const;

/** A network of two convolutions to be trained: all of it, or what comes after a frozen one's pooling. */
export interface ScratchTask {
  readonly settings: TwoConvolutionSettings;
  readonly fit: ScratchFit;
  /** Draws the kernels, the shuffles and what dropout leaves out. */
  readonly seed: number;
  readonly numClasses: number;
  readonly preprocessing: PreprocessingSpec;
  /** Those of `test` are left alone. */
  readonly samples: readonly RunSample[];
  /** Whose first part stays as it is: a base that was made with the same settings; `null`: nobody's. */
  readonly frozenBase: Sha256 | null;
}

/** What a training tells on its way. */
export type ScratchProgress =
  /** Batches of all epochs, a few times a second. */
  | { readonly kind: 'steps'; readonly done: number; readonly total: number }
  | { readonly kind: 'epoch'; readonly metrics: EpochMetrics };

/** How a training went, epoch by epoch. */
export interface FitCurve {
  readonly epochs: readonly EpochMetrics[];
  readonly durationMs: number;
}

/**
 * Multiplications of one photo's answer that a second of training gets through on WASM, with the passes
 * back. Measured on one core of a server, with pictures of 28 to 64 pixels.
 */
const MULTIPLICATIONS_PER_SECOND = 1.3e9;

/** About how long training all of it takes on a machine like the one it was measured on. */
export function roughScratchSeconds(
  settings: TwoConvolutionSettings,
  { epochs }: ScratchFit,
  numPhotos: number,
  numClasses: number,
): number {
  const { numMultiplications } = twoConvolutionSizes(settings, numClasses);
  return (numMultiplications * numPhotos * epochs) / MULTIPLICATIONS_PER_SECOND;
}

/** More than most browsers give one page beside everything else. */
export const MAX_SCRATCH_BYTES = 2 ** 30;

const BYTES_PER_VALUE = 4;
/** As `engine/training/trainingMemory` measured them for Adam on frozen statistics. */
const COPIES_OF_WEIGHTS = 20;
const COPIES_OF_OUTPUTS = 4.5;
/** As they are read, as they lie on the backend, and a batch of them. */
const COPIES_OF_PIXELS = 3;

/** Most that training all of it will take; more than `MAX_SCRATCH_BYTES` is refused. */
export function scratchBytes(
  settings: TwoConvolutionSettings,
  { batchSize }: ScratchFit,
  numPhotos: number,
  numClasses: number,
): number {
  const { sides, pooledValues, numParameters } = twoConvolutionSizes(settings, numClasses);
  const { inputSize, filters, units } = settings;
  const pictures = (sides[0] ** 2 + sides[1] ** 2) * filters;
  const rows = 3 * pooledValues + 2 * units + numClasses;
  const pixels = numPhotos * inputSize ** 2 * numPixelValues(settings);
  return (
    BYTES_PER_VALUE *
    (COPIES_OF_WEIGHTS * numParameters +
      COPIES_OF_OUTPUTS * batchSize * (pictures + rows) +
      COPIES_OF_PIXELS * pixels)
  );
}
