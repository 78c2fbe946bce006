import type { BaseModel, BaseTraining } from '../domain/baseModel.ts';
import type { Sha256 } from '../domain/ids.ts';
import type { FitCurve, ScratchProgress, ScratchTask } from '../domain/scratchFit.ts';
import type { ExportFile } from './exportFile.ts';

/** The base worker's part in bases that are trained here. */
export interface OwnBaseMethods {
  /**
   * Stores such a network as a base. Errors: base-invalid (also where `training` speaks of another
   * network), base-hash-mismatch {base, found}, quota-exceeded.
   */
  storeTrainedBase: {
    params: {
      readonly name: string;
      readonly files: readonly ExportFile[];
      readonly training: BaseTraining;
      /** That it must have; `null` for one that is just made. */
      readonly graphHash: Sha256 | null;
    };
    result: { readonly base: BaseModel };
    progress: never;
  };
}

/** The head worker's. */
export interface ScratchMethods {
  /**
   * Trains a network of two convolutions from stored pixels, or what comes after its pooling from the
   * activations there. Errors: training-too-large, too-few-classes, not-found {missing}, loss-not-finite, cancelled.
   */
  trainFromScratch: {
    params: { readonly task: ScratchTask };
    result: {
      readonly curve: FitCurve;
      /** Of the network, to be stored as a base; none for the end of a frozen one. */
      readonly files: readonly ExportFile[];
    };
    progress: ScratchProgress;
  };
}
