/**
 * Antialiased resampling of 8-bit RGB with a triangle filter, in the fixed-point arithmetic of
 * Pillow's `Image.resize(…, Image.Resampling.BILINEAR)`, so that Python gives the same bytes:
 * the filter is widened by the reduction factor, weights are integers of 22 bits, columns are
 * resampled before rows, and values are rounded to 8 bits in between.
 */

/** Bits after the binary point of a weight: 32, less 8 for the value and 2 for headroom. */
const WEIGHT_BITS = 22;
const ROUNDING = 1 << (WEIGHT_BITS - 1);

/** Which inputs make up each output along one axis, and with what weight. */
interface AxisWeights {
  /** First input of each output. */
  readonly starts: Int32Array;
  /** Number of inputs of each output. */
  readonly counts: Int32Array;
  /** [output][stride], the first `counts[output]` used. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** A rectangle of whole pixels. */
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

const cachedWeights = new Map<string, AxisWeights>();
const MAX_CACHED = 64;

/** The `box` of `source` as RGB bytes of `width` by `height`: [height, width, 3]. */
export function resample(
  source: PixelGrid,
  box: PixelBox,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const narrow = resampleColumns(source, box, axisWeights(box.width, width), width);
  return resampleRows(narrow, width * 3, axisWeights(box.height, height), height);
}

function axisWeights(inSize: number, outSize: number): AxisWeights {
  const key = `${inSize} ${outSize}`;
  const cached = cachedWeights.get(key);
  if (cached !== undefined) return cached;
  const computed = computeAxisWeights(inSize, outSize);
  if (cachedWeights.size >= MAX_CACHED) cachedWeights.clear();
  cachedWeights.set(key, computed);
  return computed;
}

function computeAxisWeights(inSize: number, outSize: number): AxisWeights {
  const scale = inSize / outSize;
  // Enlarging keeps the filter's own width of one pixel to either side.
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(outSize);
  const counts = new Int32Array(outSize);
  const weights = new Int32Array(outSize * stride);
  for (let out = 0; out < outSize; out++) {
    const centre = (out + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), inSize);
    const real = Array.from({ length: end - start }, (_, i) =>
      Math.max(0, 1 - Math.abs((i + start - centre + 0.5) / support)),
    );
    const sum = real.reduce((total, weight) => total + weight, 0);
    starts[out] = start;
    counts[out] = end - start;
    real.forEach((weight, i) => {
      weights[out * stride + i] = Math.trunc(0.5 + (weight / sum) * (1 << WEIGHT_BITS));
    });
  }
  return { starts, counts, weights, stride };
}

/** [box.height, width, 3] */
function resampleColumns(
  source: PixelGrid,
  box: PixelBox,
  axis: AxisWeights,
  width: number,
): Uint8ClampedArray<ArrayBuffer> {
  const { data } = source;
  const { starts, counts, weights, stride } = axis;
  const result = new Uint8ClampedArray(box.height * width * 3);
  let target = 0;
  for (let y = 0; y < box.height; y++) {
    const row = ((box.top + y) * source.width + box.left) * 4;
    for (let x = 0; x < width; x++) {
      let pixel = row + (starts[x] ?? 0) * 4;
      let weight = x * stride;
      const end = weight + (counts[x] ?? 0);
      let red = ROUNDING;
      let green = ROUNDING;
      let blue = ROUNDING;
      for (; weight < end; weight++, pixel += 4) {
        const factor = weights[weight] ?? 0;
        red += Math.imul(data[pixel] ?? 0, factor);
        green += Math.imul(data[pixel + 1] ?? 0, factor);
        blue += Math.imul(data[pixel + 2] ?? 0, factor);
      }
      result[target] = red >> WEIGHT_BITS;
      result[target + 1] = green >> WEIGHT_BITS;
      result[target + 2] = blue >> WEIGHT_BITS;
      target += 3;
    }
  }
  return result;
}

/** [height, rowLength] */
function resampleRows(
  source: Uint8ClampedArray,
  rowLength: number,
  axis: AxisWeights,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const { starts, counts, weights, stride } = axis;
  const result = new Uint8ClampedArray(height * rowLength);
  for (let y = 0; y < height; y++) {
    const first = y * stride;
    const end = first + (counts[y] ?? 0);
    const top = (starts[y] ?? 0) * rowLength;
    const target = y * rowLength;
    for (let i = 0; i < rowLength; i++) {
      let sum = ROUNDING;
      let value = top + i;
      for (let weight = first; weight < end; weight++, value += rowLength) {
        sum += Math.imul(source[value] ?? 0, weights[weight] ?? 0);
      }
      result[target + i] = sum >> WEIGHT_BITS;
    }
  }
  return result;
}
