import type { Cut } from '../domain/cut.ts';
import type { BaseId, HeadId } from '../domain/ids.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Decoded } from '../engine/decode.ts';
import type { PhotoSource } from './photoSources.ts';

/** 8-bit RGB as a base sees it, [inputHeight, inputWidth, 3], or why the source is no photo. */
export type PreparedPhoto = Decoded<Uint8ClampedArray<ArrayBuffer>>;

/** A row of the network's output, or why the source is no photo. */
export type PhotoOutput = Decoded<Float32Array<ArrayBuffer>>;

/** A network by name: each worker loads it from storage for itself. */
export type NetworkName =
  | {
      readonly kind: 'base';
      readonly baseId: BaseId;
      readonly cut: Cut;
      /** With random weights instead of its own. */
      readonly isRandom: boolean;
    }
  | { readonly kind: 'head'; readonly headId: HeadId };

/** What a batch of photos goes through in a photo worker. */
export interface PhotoTask {
  readonly network: NetworkName;
  readonly backend: 'wasm' | 'cpu';
  readonly spec: PreprocessingSpec;
}

/** Answered by the photo workers: from photos to what a base sees, and on to what it answers. */
export interface PhotoMethods {
  /** All `sources` are views of one photo. */
  prepareViews: {
    params: { readonly sources: readonly PhotoSource[]; readonly spec: PreprocessingSpec };
    result: readonly PreparedPhoto[];
    progress: never;
  };
  /** In the order of `sources`. Errors: those of the loaders, backend-unavailable, cancelled. */
  runPhotos: {
    params: PhotoTask & { readonly sources: readonly PhotoSource[] };
    result: readonly PhotoOutput[];
    progress: never;
  };
  /** The base is loaded anew when it is next asked for. */
  forgetBase: { params: { readonly baseId: BaseId }; result: null; progress: never };
}
