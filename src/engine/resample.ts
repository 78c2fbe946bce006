/**
 * Antialiased resampling of 8-bit RGB with a triangle filter, in the fixed-point arithmetic of
 * Pillow's `Image.resize(…, Image.Resampling.BILINEAR)`, so that Python gives the same bytes:
 * the filter is widened by the reduction factor, weights are integers of 22 bits, columns are
 * resampled before rows, and values are rounded to 8 bits in between.
 */

/** Bits after the binary point of a weight: 32, less 8 for the value and 2 for headroom. */
const WEIGHT_BITS = 22;
const ROUNDING = 1 << (WEIGHT_BITS - 1);

/** Inputs of an output that are written out in the loop: all there are where 0.4 of the size or more is left. */
const NUM_UNROLLED = 5;

/** Which inputs make up each output along one axis, and with what weight; 0 for those that only fill up. */
interface AxisWeights {
  /** First input of each output. */
  readonly starts: Int32Array;
  /** Number of inputs of each output. */
  readonly counts: Int32Array;
  /** [output][stride], 0 from `counts[output]` on; at least `NUM_UNROLLED`. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** A rectangle within a grid; its edges may lie within pixels. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** 8-bit colour, four bytes a pixel; the fourth is not looked at. */
export interface PixelGrid {
  readonly data: Uint8ClampedArray;
  readonly width: number;
}

/** The `box` of `source` as RGB bytes of `width` by `height`: [height, width, 3]. */
export function resample(
  source: PixelGrid,
  box: PixelBox,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const columns = axisWeights(box.left, box.width, width);
  const rows = axisWeights(box.top, box.height, height);
  const top = Math.floor(box.top);
  const numRows = Math.ceil(box.top + box.height) - top;
  const narrow = resampleColumns(source, top, numRows, columns, width);
  return resampleRows(narrow, top, width, rows, height);
}

/** Inputs outside the pixels that the box touches have no part in it. */
function axisWeights(inStart: number, inSize: number, outSize: number): AxisWeights {
  const scale = inSize / outSize;
  // Enlarging keeps the filter's own width of one pixel to either side.
  const support = Math.max(scale, 1);
  const stride = Math.max(Math.ceil(support) * 2 + 1, NUM_UNROLLED);
  const [first, last] = [Math.floor(inStart), Math.ceil(inStart + inSize)];
  const starts = new Int32Array(outSize);
  const counts = new Int32Array(outSize);
  const weights = new Int32Array(outSize * stride);
  const real = new Float64Array(stride);
  for (let out = 0; out < outSize; out++) {
    const centre = inStart + (out + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - support + 0.5), first);
    const count = Math.min(Math.trunc(centre + support + 0.5), last) - start;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const weight = Math.max(0, 1 - Math.abs((i + start - centre + 0.5) / support));
      real[i] = weight;
      sum += weight;
    }
    // Where there is room, the inputs written out are all within the pixels.
    const shift = Math.max(0, start - Math.max(first, last - NUM_UNROLLED));
    starts[out] = start - shift;
    counts[out] = shift + count;
    for (let i = 0; i < count; i++) {
      weights[out * stride + shift + i] = Math.trunc(
        0.5 + ((real[i] ?? 0) / sum) * (1 << WEIGHT_BITS),
      );
    }
  }
  return { starts, counts, weights, stride };
}

/**
 * `numRows` rows from `top` on, a pixel in a word, red lowest: [numRows, width]. No sum of weighted
 * bytes leaves 8 bits, since no weight is negative.
 */
function resampleColumns(
  { data, width: sourceWidth }: PixelGrid,
  top: number,
  numRows: number,
  { starts, counts, weights, stride }: AxisWeights,
  width: number,
): Int32Array {
  const pixels = new Int32Array(data.buffer, data.byteOffset, data.length / 4);
  const result = new Int32Array(numRows * width);
  // Down each column, so that its weights are looked up once.
  for (let x = 0; x < width; x++) {
    const first = x * stride;
    const numTaps = counts[x] ?? 0;
    const weight0 = weights[first] ?? 0;
    const weight1 = weights[first + 1] ?? 0;
    const weight2 = weights[first + 2] ?? 0;
    const weight3 = weights[first + 3] ?? 0;
    const weight4 = weights[first + 4] ?? 0;
    let position = top * sourceWidth + (starts[x] ?? 0);
    for (let target = x; target < result.length; target += width, position += sourceWidth) {
      const pixel0 = pixels[position] ?? 0;
      const pixel1 = pixels[position + 1] ?? 0;
      const pixel2 = pixels[position + 2] ?? 0;
      const pixel3 = pixels[position + 3] ?? 0;
      const pixel4 = pixels[position + 4] ?? 0;
      let red =
        ROUNDING +
        Math.imul(pixel0 & 255, weight0) +
        Math.imul(pixel1 & 255, weight1) +
        Math.imul(pixel2 & 255, weight2) +
        Math.imul(pixel3 & 255, weight3) +
        Math.imul(pixel4 & 255, weight4);
      let green =
        ROUNDING +
        Math.imul((pixel0 >> 8) & 255, weight0) +
        Math.imul((pixel1 >> 8) & 255, weight1) +
        Math.imul((pixel2 >> 8) & 255, weight2) +
        Math.imul((pixel3 >> 8) & 255, weight3) +
        Math.imul((pixel4 >> 8) & 255, weight4);
      let blue =
        ROUNDING +
        Math.imul((pixel0 >> 16) & 255, weight0) +
        Math.imul((pixel1 >> 16) & 255, weight1) +
        Math.imul((pixel2 >> 16) & 255, weight2) +
        Math.imul((pixel3 >> 16) & 255, weight3) +
        Math.imul((pixel4 >> 16) & 255, weight4);
      for (let tap = NUM_UNROLLED; tap < numTaps; tap++) {
        const factor = weights[first + tap] ?? 0;
        const pixel = pixels[position + tap] ?? 0;
        red += Math.imul(pixel & 255, factor);
        green += Math.imul((pixel >> 8) & 255, factor);
        blue += Math.imul((pixel >> 16) & 255, factor);
      }
      result[target] =
        (red >> WEIGHT_BITS) | ((green >> WEIGHT_BITS) << 8) | ((blue >> WEIGHT_BITS) << 16);
    }
  }
  return result;
}

/** `pixels` begin with row `top`. [height, width, 3] */
function resampleRows(
  pixels: Int32Array,
  top: number,
  width: number,
  { starts, counts, weights, stride }: AxisWeights,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const result = new Uint8ClampedArray(height * width * 3);
  let target = 0;
  for (let y = 0; y < height; y++) {
    const first = y * stride;
    const end = first + (counts[y] ?? 0);
    const row = ((starts[y] ?? 0) - top) * width;
    for (let x = 0; x < width; x++) {
      let position = row + x;
      let red = ROUNDING;
      let green = ROUNDING;
      let blue = ROUNDING;
      for (let weight = first; weight < end; weight++, position += width) {
        const factor = weights[weight] ?? 0;
        const pixel = pixels[position] ?? 0;
        red += Math.imul(pixel & 255, factor);
        green += Math.imul((pixel >> 8) & 255, factor);
        blue += Math.imul((pixel >> 16) & 255, factor);
      }
      result[target] = red >> WEIGHT_BITS;
      result[target + 1] = green >> WEIGHT_BITS;
      result[target + 2] = blue >> WEIGHT_BITS;
      target += 3;
    }
  }
  return result;
}
