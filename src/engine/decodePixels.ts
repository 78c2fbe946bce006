import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { decodePhoto, type Decoded } from './decode.ts';
import { decodeReduced } from './decodeReduced.ts';
import { preprocessPixels, type Picture } from './preprocess.ts';
import { readPixels } from './readPixels.ts';

/** 8-bit RGB as a base sees it: [inputHeight, inputWidth, 3]. */
type InputPixels = Uint8ClampedArray<ArrayBuffer>;

/** From a photo's file to the pixels that a base sees. `bytes` is the content of `file`. */
export async function decodePixels(
  file: Blob,
  bytes: Uint8Array<ArrayBuffer>,
  spec: PreprocessingSpec,
): Promise<Decoded<InputPixels>> {
  return decodePicture(file, bytes, spec, (picture) => preprocessPixels(picture, spec));
}

/** Hands what the framing takes of a photo to `read`, for one view of it or several. */
export async function decodePicture<T>(
  file: Blob,
  bytes: Uint8Array<ArrayBuffer>,
  spec: PreprocessingSpec,
  read: (picture: Picture) => T,
): Promise<Decoded<T>> {
  const reduced = await decodeReduced(bytes, spec);
  if (reduced !== null) return { status: 'decoded', value: read(reduced) };
  return decodePhoto(file, bytes, (bitmap) => read(readPixels(bitmap, spec)));
}

/** The same for a frame of the webcam. Does not close it. */
export function framePixels(frame: ImageBitmap, spec: PreprocessingSpec): InputPixels {
  return preprocessPixels(readPixels(frame, spec), spec);
}
