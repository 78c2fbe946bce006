import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Decoded } from '../engine/decode.ts';

/** Answered by the prepare workers: from files to the pixels that a base sees. */
export interface PrepareMethods {
  /** [inputHeight, inputWidth, 3], 8-bit RGB, or why the file is no photo. */
  preparePhoto: {
    params: { readonly file: Blob; readonly spec: PreprocessingSpec };
    result: Decoded<Uint8ClampedArray<ArrayBuffer>>;
    progress: never;
  };
}
