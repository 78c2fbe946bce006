import type { PixelRange, PreprocessingSpec } from '../domain/preprocessing.ts';
import { resample, type PixelBox } from './resample.ts';

/** A decoded photo: upright, four bytes a pixel, alpha not multiplied in. */
export interface Picture {
  readonly rgba: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * The photo as the base sees it, in 8-bit RGB: [inputHeight, inputWidth, 3].
 * Transparency is laid on white. `centre-square` cuts the largest centred rectangle of the input's
 * proportions, its corner rounded down; `padded` fits the whole photo, its size rounded half up, into
 * a white input, its corner rounded down; `stretched` takes all of it.
 */
export function preprocessPixels(
  picture: Picture,
  spec: PreprocessingSpec,
): Uint8ClampedArray<ArrayBuffer> {
  const { inputWidth, inputHeight } = spec;
  const box = spec.framing === 'centre-square' ? centredBox(picture, spec) : wholeBox(picture);
  const grid = { data: onWhite(picture, box), width: picture.width };
  if (spec.framing !== 'padded') return resample(grid, box, inputWidth, inputHeight);
  const width = fittedSize(picture, spec, picture.width, inputWidth);
  const height = fittedSize(picture, spec, picture.height, inputHeight);
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
  range: PixelRange,
  target: Float32Array,
  offset: number,
): void {
  const [first, second, third] = [0, 1, 2].map((channel) => valuesOfBytes(range, channel));
  const flip = range.channelOrder === 'bgr' ? 2 : 0;
  for (let i = 0; i < pixels.length; i += 3) {
    target[offset + i] = first?.[pixels[i + flip] ?? 0] ?? 0;
    target[offset + i + 1] = second?.[pixels[i + 1] ?? 0] ?? 0;
    target[offset + i + 2] = third?.[pixels[i + 2 - flip] ?? 0] ?? 0;
  }
}

/** The weights of Teachable Machine's library, whose grey bases are the only ones in wide use. */
function writeGrey(
  pixels: Uint8ClampedArray,
  { scale: [scale = 1], offset: [shift = 0] }: PixelRange,
  target: Float32Array,
  offset: number,
): void {
  for (let i = 0; i < pixels.length; i += 3) {
    const [red = 0, green = 0, blue = 0] = [pixels[i], pixels[i + 1], pixels[i + 2]];
    target[offset + i / 3] = (0.2989 * red + 0.587 * green + 0.114 * blue) * scale + shift;
  }
}

/** What each byte of a channel becomes. [256] */
function valuesOfBytes({ scale, offset }: PixelRange, channel: number): Float32Array {
  const factor = scale[channel] ?? scale[0] ?? 1;
  const shift = offset[channel] ?? offset[0] ?? 0;
  return Float32Array.from({ length: 256 }, (_, byte) => byte * factor + shift);
}

function wholeBox({ width, height }: Picture): PixelBox {
  return { left: 0, top: 0, width, height };
}

function centredBox(picture: Picture, { inputWidth, inputHeight }: PreprocessingSpec): PixelBox {
  const scale = Math.min(picture.width / inputWidth, picture.height / inputHeight);
  const width = atLeastOne(inputWidth * scale, picture.width);
  const height = atLeastOne(inputHeight * scale, picture.height);
  const left = Math.floor((picture.width - width) / 2);
  const top = Math.floor((picture.height - height) / 2);
  return { left, top, width, height };
}

function fittedSize(
  picture: Picture,
  spec: PreprocessingSpec,
  size: number,
  limit: number,
): number {
  const scale = Math.min(spec.inputWidth / picture.width, spec.inputHeight / picture.height);
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
  const firstRow = box.top * width * 4;
  const end = (box.top + box.height) * width * 4;
  let alpha = firstRow + 3;
  while (alpha < end && rgba[alpha] === 255) alpha += 4;
  if (alpha >= end) return rgba;
  const result = Uint8ClampedArray.from(rgba);
  for (let i = firstRow; i < end; i++) {
    const opacity = rgba[i | 3] ?? 0;
    // Rounded to the nearest; the fourth byte of a pixel is not looked at afterwards.
    const sum = (rgba[i] ?? 0) * opacity + 255 * (255 - opacity) + 127;
    result[i] = Math.trunc(sum / 255);
  }
  return result;
}
