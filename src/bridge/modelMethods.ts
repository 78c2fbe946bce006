import type { BaseModel } from '../domain/baseModel.ts';
import type { Cut } from '../domain/cut.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';

/** A model that somebody has trained, as what a project is made of. */
export interface OpenedModel {
  /** Stored, or at hand already. */
  readonly base: BaseModel;
  readonly cut: Cut;
  /** Takes the activations of that cut. */
  readonly head: HeadWeights;
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
   * Errors: no-classifier, and those of `importBase`.
   */
  openModel: {
    params: { readonly files: readonly File[] };
    result: OpenedModel;
    progress: never;
  };
}
