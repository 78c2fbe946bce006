import type { BaseModel } from '../domain/baseModel.ts';
import type { BaseId } from '../domain/ids.ts';
import type { FitCurve, ScratchFit } from '../domain/scratchFit.ts';
import type { EpochMetrics } from '../domain/trainingRun.ts';
import type { TwoConvolutionSettings } from '../domain/twoConvolutions.ts';
import type { Failure } from './failure.ts';

/** What is being fitted: a new base, a head on a frozen one, or the same network from the start. */
export type ScratchFitName = 'base' | 'transferred' | 'scratch';

export type ScratchStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'computing'; readonly done: number; readonly total: number }
  | {
      readonly status: 'fitting';
      readonly fit: ScratchFitName;
      readonly epochs: readonly EpochMetrics[];
      readonly totalEpochs: number;
      /** Of all batches that are done. */
      readonly share: number;
      readonly secondsLeft: number | null;
    }
  | { readonly status: 'failed'; readonly failure: Failure };

export interface OwnBaseRequest {
  readonly name: string;
  readonly settings: TwoConvolutionSettings;
  readonly fit: ScratchFit;
}

/** A head on a frozen base beside the base's own network trained from the start, on the same photos. */
export interface ScratchComparison {
  readonly baseId: BaseId;
  /** The photos with their classes that it was measured on. */
  readonly photosKey: string;
  readonly transferred: FitCurve;
  readonly scratch: FitCurve;
}

export interface OwnBaseSlice {
  readonly ownBase: ScratchStatus;
  /** The last one that was trained, until the page is left or it is dismissed. */
  readonly trainedBase: { readonly base: BaseModel; readonly curve: FitCurve } | null;
  /** Trains a base from scratch on the open project's photos and stores it. */
  readonly trainOwnBase: (request: OwnBaseRequest) => Promise<void>;
  readonly dismissTrainedBase: () => void;
  readonly comparing: ScratchStatus;
  /** Of the open project; kept until the page is left. */
  readonly scratchComparison: ScratchComparison | null;
  /** Measures the project's base, which was trained here, against training its network from the start. */
  readonly compareWithScratch: () => Promise<void>;
  /** Ends whichever of the two runs; nothing of it is kept. */
  readonly cancelScratch: () => void;
}
