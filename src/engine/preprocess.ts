import type { ShareBox } from '../domain/augmentation.ts';
import { GREY_WEIGHTS, type PixelRange, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { resample, type PixelBox } from './resample.ts';

/** Pixels of a decoded photo: upright, four bytes a pixel, alpha not multiplied in. */
export interface Picture {
  readonly rgba: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** Where the photo is not these pixels exactly. */
  readonly placement?: Placement;
}

/** How a photo lies on pixels that are coarser than its own, or only a part of them. */
export interface Placement extends PhotoSize {
  /** Each pixel stands for `factor` by `factor` of the photo's; a power of two. */
  readonly factor: number;
  /** The photo's corner on the pixels, negative where pixels before them were left out. */
  readonly left: number;
  readonly top: number;
}

/** Width and height of a photo in its own pixels. */
interface PhotoSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The photo as the base sees it, in 8-bit RGB: [inputHeight, inputWidth, 3].
 * Transparency is laid on white. `centre-square` cuts the largest centred rectangle of the input's
 * proportions, its corner rounded down; `padded` fits the whole photo, its size rounded half up, into
 * a white input, its corner rounded down; `stretched` takes all of it. `crop`: the part of what the
 * framing takes that is then seen instead, as large.
 */
export function preprocessPixels(
  picture: Picture,
  spec: PreprocessingSpec,
  crop?: ShareBox,
): Uint8ClampedArray<ArrayBuffer> {
  const { inputWidth, inputHeight } = spec;
  const photo = picture.placement ?? wholePlacement(picture);
  const framed = framedBox(photo, spec);
  const box = crop === undefined ? framed : partOf(framed, crop);
  const grid = { data: onWhite(picture, box), width: picture.width };
  if (spec.framing !== 'padded') return resample(grid, box, inputWidth, inputHeight);
  const width = fittedSize(photo, spec, photo.width, inputWidth);
  const height = fittedSize(photo, spec, photo.height, inputHeight);
  return padded(resample(grid, box, width, height), width, height, spec);
}

/**
 * The base's input values of 8-bit RGB pixels, written to `target` from `offset` on:
 * three a pixel, or one for a grey base.
 */
export function writeInput(
  pixels: Uint8ClampedArray,
  range: PixelRange,
  target: Float32Array,
  offset: number,
): void {
  if (range.channelOrder === 'grey') writeGrey(pixels, range, target, offset);
  else writeColours(pixels, range, target, offset);
}

function writeColours(
  pixels: Uint8ClampedArray,
  { scale, offset: shift, channelOrder }: PixelRange,
  target: Float32Array,
  offset: number,
): void {
  const [scale0 = 1, scale1 = scale0, scale2 = scale0] = scale;
  const [shift0 = 0, shift1 = shift0, shift2 = shift0] = shift;
  const flip = channelOrder === 'bgr' ? 2 : 0;
  for (let i = 0; i < pixels.length; i += 3) {
    target[offset + i] = (pixels[i + flip] ?? 0) * scale0 + shift0;
    target[offset + i + 1] = (pixels[i + 1] ?? 0) * scale1 + shift1;
    target[offset + i + 2] = (pixels[i + 2 - flip] ?? 0) * scale2 + shift2;
  }
}

function writeGrey(
  pixels: Uint8ClampedArray,
  { scale: [scale = 1], offset: [shift = 0] }: PixelRange,
  target: Float32Array,
  offset: number,
): void {
  const [ofRed, ofGreen, ofBlue] = GREY_WEIGHTS;
  for (let i = 0; i < pixels.length; i += 3) {
    const [red = 0, green = 0, blue = 0] = [pixels[i], pixels[i + 1], pixels[i + 2]];
    target[offset + i / 3] = (ofRed * red + ofGreen * green + ofBlue * blue) * scale + shift;
  }
}

/** A photo that is its pixels. */
export function wholePlacement({ width, height }: PhotoSize): Placement {
  return { factor: 1, width, height, left: 0, top: 0 };
}

/** The part of the photo that the framing takes, on its pixels. */
export function framedBox(photo: Placement, spec: PreprocessingSpec): PixelBox {
  const box = spec.framing === 'centre-square' ? centredBox(photo, spec) : wholeBox(photo);
  const { factor, left, top } = photo;
  // Exact, with edges within pixels where they fall there: a shift by a part of one is seen in activations.
  return {
    left: box.left / factor + left,
    top: box.top / factor + top,
    width: box.width / factor,
    height: box.height / factor,
  };
}

function partOf({ left, top, width, height }: PixelBox, part: ShareBox): PixelBox {
  return {
    left: left + part.left * width,
    top: top + part.top * height,
    width: part.width * width,
    height: part.height * height,
  };
}

function wholeBox({ width, height }: PhotoSize): PixelBox {
  return { left: 0, top: 0, width, height };
}

function centredBox(photo: PhotoSize, { inputWidth, inputHeight }: PreprocessingSpec): PixelBox {
  const scale = Math.min(photo.width / inputWidth, photo.height / inputHeight);
  const width = atLeastOne(inputWidth * scale, photo.width);
  const height = atLeastOne(inputHeight * scale, photo.height);
  const left = Math.floor((photo.width - width) / 2);
  const top = Math.floor((photo.height - height) / 2);
  return { left, top, width, height };
}

function fittedSize(
  photo: PhotoSize,
  spec: PreprocessingSpec,
  size: number,
  limit: number,
): number {
  const scale = Math.min(spec.inputWidth / photo.width, spec.inputHeight / photo.height);
  return atLeastOne(size * scale, limit);
}

/** Rounded half up, from 1 to `limit`. */
function atLeastOne(size: number, limit: number): number {
  return Math.min(Math.max(Math.floor(size + 0.5), 1), limit);
}

function padded(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  { inputWidth, inputHeight }: PreprocessingSpec,
): Uint8ClampedArray<ArrayBuffer> {
  const result = new Uint8ClampedArray(inputHeight * inputWidth * 3).fill(255);
  const left = Math.floor((inputWidth - width) / 2);
  const top = Math.floor((inputHeight - height) / 2);
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * width * 3, (y + 1) * width * 3);
    result.set(row, ((top + y) * inputWidth + left) * 3);
  }
  return result;
}

/** The pixels themselves where all in the box are opaque, as those of nearly every photo are. */
function onWhite({ rgba, width }: Picture, box: PixelBox): Uint8ClampedArray {
  const firstPixel = Math.floor(box.top) * width;
  const endPixel = Math.ceil(box.top + box.height) * width;
  // A pixel in a word, alpha highest.
  const pixels = new Int32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  let common = -1;
  for (let i = firstPixel; i < endPixel; i++) common &= pixels[i] ?? -1;
  if (common >>> 24 === 255) return rgba;
  const result = Uint8ClampedArray.from(rgba);
  for (let i = firstPixel * 4; i < endPixel * 4; i++) {
    const opacity = rgba[i | 3] ?? 0;
    // Rounded to the nearest; the fourth byte of a pixel is not looked at afterwards.
    const sum = (rgba[i] ?? 0) * opacity + 255 * (255 - opacity) + 127;
    result[i] = Math.trunc(sum / 255);
  }
  return result;
}
