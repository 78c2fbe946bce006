import type { Cut } from './cut.ts';
import type { BaseId, Sha256 } from './ids.ts';
import {
  PREPROCESSING_VERSION,
  type Framing,
  type PixelRange,
  type PreprocessingSpec,
} from './preprocessing.ts';

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
  readonly pixelRange: PixelRange;
  /** The layer that most is known to transfer from. */
  readonly defaultCut: Cut;
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
    ...base.pixelRange,
  };
}
