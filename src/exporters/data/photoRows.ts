import type { Sha256 } from '../../domain/ids.ts';
import type { SplitPart } from '../../domain/trainingRun.ts';

/** A photo with all that a table says of it. */
export interface TabledPhoto {
  readonly imageHash: Sha256;
  /** Index into the class names. */
  readonly classIndex: number;
  readonly part: SplitPart;
  readonly fileName: string;
}

/** Photos of a run and their activations. */
export interface PhotoRows {
  readonly photos: readonly TabledPhoto[];
  readonly classNames: readonly string[];
  readonly activationSize: number;
  /** float16 bits, [activationSize] each, in the photos' order, some at a time. */
  readonly batches: AsyncIterable<readonly Uint16Array[]>;
}
