import type { ShareBox, View } from '../../domain/augmentation.ts';
import type { PreprocessingSpec } from '../../domain/preprocessing.ts';
import { preprocessPixels, type Picture } from '../preprocess.ts';
import { blurPixels } from './blurPixels.ts';
import { colourPixels } from './colourPixels.ts';
import type { RgbPicture } from './rgbPicture.ts';
import { turnPixels } from './turnPixels.ts';

/** Middle of the range, so that it stands out from neither dark nor bright photos. */
const ERASED_GREY = 128;

/**
 * One view of a photo as a base sees it, in 8-bit RGB: [inputHeight, inputWidth, 3]. The crop is cut
 * from the photo before it is resampled, so that it loses no detail; everything else is done after.
 */
export function viewPixels(
  picture: Picture,
  spec: PreprocessingSpec,
  view: View,
): Uint8ClampedArray<ArrayBuffer> {
  const { inputWidth: width, inputHeight: height } = spec;
  const cropped = { data: preprocessPixels(picture, spec, view.crop), width, height };
  const turned = turnPixels(cropped, view);
  colourPixels(turned.data, view);
  const blurred = blurPixels(turned, view.blur * Math.min(width, height));
  if (view.erased !== null) erase(blurred, view.erased);
  return blurred.data;
}

/** Covers in grey, in place; edges are rounded to whole pixels. */
function erase({ data, width, height }: RgbPicture, box: ShareBox): void {
  const [left, right] = [box.left, box.left + box.width].map((x) => Math.round(x * width));
  const [top = 0, bottom = 0] = [box.top, box.top + box.height].map((y) => Math.round(y * height));
  for (let y = top; y < bottom; y++) {
    data.fill(ERASED_GREY, (y * width + (left ?? 0)) * 3, (y * width + (right ?? 0)) * 3);
  }
}
