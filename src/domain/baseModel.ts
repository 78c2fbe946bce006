import { PREPROCESSING_VERSION, type Framing, type PreprocessingSpec } from './preprocessing.ts';
import type { BaseId, Sha256 } from './ids.ts';

export interface CutLayer {
  /** Position in the canonical graph of the base; identifies the cut. */
  readonly position: number;
  /** For display only: packagings of one network name their layers differently. */
  readonly name: string;
  readonly pooling: 'global-average';
  /** Number of values per photo after pooling. */
  readonly activationSize: number;
}

export interface BaseModel {
  readonly id: BaseId;
  readonly name: string;
  readonly format: 'tfjs-layers';
  /** Where `model.json` is; relative to the app for a bundled base. */
  readonly url: string;
  readonly isBundled: boolean;
  /** Hash over the canonical graph and its weights (`network/graphHash`), equal in every packaging. */
  readonly graphHash: Sha256;
  readonly sizeBytes: number;
  readonly inputHeight: number;
  readonly inputWidth: number;
  /** 8-bit pixel value `x` enters the base as `x * scale + offset`. */
  readonly pixelRange: { readonly scale: number; readonly offset: number };
  readonly cutLayers: readonly CutLayer[];
  readonly defaultCutPosition: number;
  readonly quality: 'coarse' | 'good';
  readonly licence: string;
  /** Reference activation of a formula-made picture, for checking a backend. */
  readonly selfTestUrl: string | null;
}

/** The preprocessing that a project's framing and its base's input ask for. */
export function preprocessingFor(base: BaseModel, framing: Framing): PreprocessingSpec {
  return {
    version: PREPROCESSING_VERSION,
    inputHeight: base.inputHeight,
    inputWidth: base.inputWidth,
    framing,
    scale: base.pixelRange.scale,
    offset: base.pixelRange.offset,
  };
}
