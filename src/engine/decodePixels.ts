import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { decodePhoto, type Decoded } from './decode.ts';
import { decodeReduced } from './decodeReduced.ts';
import { preprocessPixels } from './preprocess.ts';
import { readPixels } from './readPixels.ts';

/** 8-bit RGB as a base sees it: [inputHeight, inputWidth, 3]. */
type InputPixels = Uint8ClampedArray<ArrayBuffer>;

/** From a photo's file to the pixels that a base sees. `bytes` is the content of `file`. */
export async function decodePixels(
  file: Blob,
  bytes: Uint8Array<ArrayBuffer>,
  spec: PreprocessingSpec,
): Promise<Decoded<InputPixels>> {
  const reduced = await decodeReduced(bytes, spec);
  if (reduced !== null) return { status: 'decoded', value: preprocessPixels(reduced, spec) };
  return decodePhoto(file, bytes, (bitmap) => framePixels(bitmap, spec));
}

/** The same for a frame of the webcam. Does not close it. */
export function framePixels(frame: ImageBitmap, spec: PreprocessingSpec): InputPixels {
  return preprocessPixels(readPixels(frame, spec), spec);
}
