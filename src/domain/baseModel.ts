import type { Cut } from './cut.ts';
import type { BaseId, Sha256 } from './ids.ts';
import {
  PREPROCESSING_VERSION,
  type Framing,
  type PixelRange,
  type PreprocessingSpec,
} from './preprocessing.ts';
import type { ScratchFit } from './scratchFit.ts';
import type { TwoConvolutionSettings } from './twoConvolutions.ts';

/**
 * `bundled` lies beside the app, `catalogue` was or can be downloaded, `imported` came from the user,
 * `trained` was trained here.
 */
export type BaseOrigin = 'bundled' | 'catalogue' | 'imported' | 'trained';

/** What the weights of a base were packed in. */
export const NETWORK_FORMATS = [
  'tfjs-layers',
  'tfjs-graph',
  'tflite',
  'teachable-machine',
  'keras-h5',
  'keras',
  'safetensors',
  'onnx',
] as const;

export type NetworkFormat = (typeof NETWORK_FORMATS)[number];

/** What a base of the catalogue is chosen for; the page has a sentence for each. */
export const BASE_PURPOSES = ['start', 'small', 'balanced', 'accurate', 'textures', 'fc2'] as const;

export type BasePurpose = (typeof BASE_PURPOSES)[number];

/** A base as it is known before its files have been seen. */
export interface BaseOffer {
  readonly id: BaseId;
  readonly name: string;
  readonly origin: BaseOrigin;
  readonly format: NetworkFormat;
  /**
   * Where its files are: all of them, relative to the app, for a bundled base; to be downloaded without
   * the weight files that a `model.json` names. Empty for files that the user gave.
   */
  readonly addresses: readonly string[];
  /** Hash over the canonical graph and its weights (`network/graphHash`), equal in every packaging. */
  readonly graphHash: Sha256 | null;
  /** `graphHash` was computed from a copy that the authors of the catalogue have seen. */
  readonly isVerified: boolean;
  /** The published graph, as `network/architectures` calls it; `null` for a graph of its own. */
  readonly architecture: string | null;
  /** A graph with operations of its own: it runs as it is and is exported in its own format only. */
  readonly isOpaque: boolean;
  readonly sizeBytes: number;
  /** `false` for a size that was computed from the number of parameters: say "about". */
  readonly isSizeExact: boolean;
  readonly numParameters: number;
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly pixelRange: PixelRange;
  /** The files did not say, so that the user should look at it. */
  readonly isPixelRangeGuessed: boolean;
  /** The layer that most is known to transfer from. */
  readonly defaultCut: Cut | null;
  readonly quality: 'coarse' | 'good' | 'unknown';
  readonly purpose: BasePurpose | null;
  readonly licence: string | null;
  /** Reference activation of a formula-made picture, for checking a backend. */
  readonly selfTestUrl: string | null;
  /** Absent for bases that were not trained here. */
  readonly training?: BaseTraining;
}

/** How a base was trained from scratch, and on what. */
export interface BaseTraining {
  readonly projectName: string;
  /** In the order of its outputs. */
  readonly classNames: readonly string[];
  readonly settings: TwoConvolutionSettings;
  readonly fit: ScratchFit;
  /** After the last epoch; `null` where nothing was held out. */
  readonly validationAccuracy: number | null;
}

/** A base whose files are at hand, have been read once and were found to be right. */
export interface BaseModel extends BaseOffer {
  readonly graphHash: Sha256;
  readonly defaultCut: Cut;
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
