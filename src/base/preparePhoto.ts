import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { decodePhoto, readBytes, readPixels, type Decoded } from '../engine/decode.ts';
import { preprocessPixels } from '../engine/preprocess.ts';

/** From a file to the pixels that the base sees: [inputHeight, inputWidth, 3], 8-bit RGB. */
export async function preparePhoto(
  file: Blob,
  spec: PreprocessingSpec,
): Promise<Decoded<Uint8ClampedArray>> {
  const read = await readBytes(file);
  if (read.status === 'rejected') return read;
  return decodePhoto(file, read.value, (bitmap) => preprocessPixels(readPixels(bitmap), spec));
}
