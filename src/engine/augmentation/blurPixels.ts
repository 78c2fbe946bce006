import type { RgbPicture } from './rgbPicture.ts';
import { mirrored } from './turnPixels.ts';

/** Standard deviations to either side that the filter reaches. */
const REACH = 3;

/** Gaussian blur of `sigma` pixels, rows first, the picture mirrored at its outermost pixels; 0 gives the picture. */
export function blurPixels(picture: RgbPicture, sigma: number): RgbPicture {
  const radius = Math.round(REACH * sigma);
  if (radius === 0) return picture;
  const { data, width, height } = picture;
  const weights = gaussian(sigma, radius);
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    blurLine(data, rows, { start: y * width * 3, step: 3, length: width }, weights);
  }
  const blurred = new Uint8ClampedArray(data.length);
  for (let x = 0; x < width; x++) {
    blurLine(rows, blurred, { start: x * 3, step: width * 3, length: height }, weights);
  }
  return { data: blurred, width, height };
}

/** [2 * radius + 1], of sum 1 */
function gaussian(sigma: number, radius: number): Float64Array {
  const heights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = heights.reduce((total, each) => total + each, 0);
  return heights.map((each) => each / sum);
}

/** A row or a column of pixels within an array of them. */
interface Line {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

function blurLine(
  source: Uint8ClampedArray | Float32Array,
  target: Uint8ClampedArray | Float32Array,
  { start, step, length }: Line,
  weights: Float64Array,
): void {
  const radius = (weights.length - 1) / 2;
  for (let i = 0; i < length; i++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = 0; tap < weights.length; tap++) {
      const weight = weights[tap] ?? 0;
      const from = start + mirrored(i + tap - radius, length) * step;
      red += weight * (source[from] ?? 0);
      green += weight * (source[from + 1] ?? 0);
      blue += weight * (source[from + 2] ?? 0);
    }
    const to = start + i * step;
    target[to] = red;
    target[to + 1] = green;
    target[to + 2] = blue;
  }
}
