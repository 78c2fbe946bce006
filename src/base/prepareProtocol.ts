import type { Sha256 } from '../domain/ids.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Decoded } from '../engine/decode.ts';

/** A file, or the hash of a stored picture, which the prepare worker then reads itself. */
export type PhotoSource = Blob | Sha256;

/** Answered by the prepare workers: from photos to the pixels that a base sees. */
export interface PrepareMethods {
  /** [inputHeight, inputWidth, 3], 8-bit RGB, or why the source is no photo. */
  preparePhoto: {
    params: { readonly source: PhotoSource; readonly spec: PreprocessingSpec };
    result: Decoded<Uint8ClampedArray<ArrayBuffer>>;
    progress: never;
  };
}
