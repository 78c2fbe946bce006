import type { BaseModel } from '../domain/baseModel.ts';
import type { Cut } from '../domain/cut.ts';
import type { HeadWeights, TunedTensor } from '../domain/head.ts';
import type { TrainingStart } from '../domain/headConfig.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';

/** A model that somebody has trained, as what a project is made of. */
export interface OpenedModel {
  /** Stored, or at hand already. */
  readonly base: BaseModel;
  readonly cut: Cut;
  /** Takes the activations of that cut. */
  readonly head: HeadWeights;
  /** Where layers of the base were trained with it. */
  readonly tuning?: {
    /** The latest layer that training can have started at. */
    readonly start: TrainingStart;
    readonly tensors: readonly TunedTensor[];
  };
  /** What the model was made for, which may be another range of pixels than its base has here. */
  readonly preprocessing: PreprocessingSpec;
  /** In the order of its outputs. */
  readonly classNames: readonly string[];
  /** What it was called; `null` where the files do not say. */
  readonly name: string | null;
}

export interface ModelMethods {
  /**
   * Takes a Teachable Machine export, or one of ours, apart, and stores its base unless that is at hand.
   * A head by itself needs its base at hand.
   * Errors: no-classifier, head-without-base, architecture-missing, and those of `importBase`.
   */
  openModel: {
    params: { readonly files: readonly File[] };
    result: OpenedModel;
    progress: never;
  };
}
