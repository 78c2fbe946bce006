import type { ActivationSpace } from './activationKey.ts';
import type { Sha256 } from './ids.ts';

const LEVELS = 4;

/**
 * Where the histograms are stored, beside the activations of bases. Its hash is none of a graph's, so
 * that no base can share it; the whole photo counts.
 */
export const COLOUR_SPACE: ActivationSpace = {
  graphHash: 'colour-histogram' as Sha256,
  cut: { positions: [0], pooling: 'none' },
  preprocessing: {
    version: 2,
    inputHeight: 1,
    inputWidth: 1,
    framing: 'stretched',
    channelOrder: 'rgb',
    scale: [1],
    offset: [0],
  },
  view: 'original',
};

/**
 * Joint histogram of red, green and blue in four levels each, [64]: the square roots of shares of
 * pixels, whose distance is Hellinger's. `rgba`: four bytes a pixel, opaque; at least one pixel.
 */
export function colourHistogram(rgba: Uint8ClampedArray): Float32Array {
  const counts = new Float32Array(LEVELS ** 3);
  const levelOf = (position: number) => Math.floor(((rgba[position] ?? 0) * LEVELS) / 256);
  for (let pixel = 0; pixel < rgba.length; pixel += 4) {
    const bin = (levelOf(pixel) * LEVELS + levelOf(pixel + 1)) * LEVELS + levelOf(pixel + 2);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count) => Math.sqrt((count * 4) / rgba.length));
}
