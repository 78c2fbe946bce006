import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PLAIN_VIEW, type View } from '../../domain/augmentation.ts';
import type { PreprocessingSpec } from '../../domain/preprocessing.ts';
import type { Picture } from '../preprocess.ts';
import { viewPixels } from './viewPixels.ts';

/** From `tools/augmentation-figures/make_figures.py`: torchvision's and torch's answers. */
const figures = JSON.parse(
  readFileSync(new URL('figures/augmented.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly number[]>>;

const WIDTH = 12;
const HEIGHT = 9;
const spec: PreprocessingSpec = {
  version: 2,
  inputWidth: WIDTH,
  inputHeight: HEIGHT,
  framing: 'stretched',
  channelOrder: 'rgb',
  scale: [1],
  offset: [0],
};

/** The script's picture. */
function formulaPicture(width: number, height: number): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const phase = 0.5 * x + (0.7 * y * (c + 1)) / 2 + 2 * c;
        rgba[(y * width + x) * 4 + c] = 127.5 + 127.5 * Math.sin(phase);
      }
    }
  }
  return { rgba, width, height };
}

const photo = formulaPicture(WIDTH, HEIGHT);
const seen = (view: Partial<View>, picture = photo) =>
  viewPixels(picture, spec, { ...PLAIN_VIEW, ...view });
const plain = seen({});

function largestDifference(pixels: Uint8ClampedArray, name: string): number {
  const expected = figures[name] ?? [];
  expect(expected).toHaveLength(pixels.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - (pixels[i] ?? 0))));
}

describe('viewPixels', () => {
  it.each<[string, Partial<View>]>([
    ['across', { isFlippedAcross: true }],
    ['down', { isFlippedDown: true }],
  ])('flips to the byte like torchvision: %s', (name, view) => {
    expect(largestDifference(seen(view), name)).toBe(0);
  });

  it('crops and resamples like torchvision, with all the detail of the photo', () => {
    const crop = { left: 8 / 40, top: 6 / 30, width: 24 / 40, height: 18 / 30 };
    // The filter's weights are rounded from edges that are not exact in shares.
    expect(largestDifference(seen({ crop }, formulaPicture(40, 30)), 'crop')).toBeLessThanOrEqual(
      1,
    );
  });

  it.each<[string, Partial<View>, number]>([
    ['rotated', { rotationDegrees: 25 }, 0.51],
    ['rotatedBack', { rotationDegrees: -140 }, 0.51],
    ['bright', { brightness: 1.4 }, 1],
    ['dark', { brightness: 0.6 }, 1],
    ['contrasty', { contrast: 1.5 }, 1],
    ['flat', { contrast: 0.4 }, 1],
    ['saturated', { saturation: 1.7 }, 1],
    ['pale', { saturation: 0.3 }, 1],
    ['hue', { hueDegrees: 50 }, 0.52],
    ['hueBack', { hueDegrees: -130 }, 0.52],
    ['blurred', { blur: 0.8 / HEIGHT }, 0.51],
  ])('agrees with torchvision to a rounding: %s', (name, view, tolerance) => {
    const pixels = seen(view);
    expect(largestDifference(pixels, name)).toBeLessThanOrEqual(tolerance);
    expect(pixels).not.toEqual(plain);
  });

  it('covers a rectangle in grey and nothing else', () => {
    const erased = { left: 0.25, top: 1 / 3, width: 0.5, height: 1 / 3 };
    const pixels = seen({ erased });
    for (let i = 0; i < pixels.length; i++) {
      const [x, y] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH)];
      const isInside = x >= 3 && x < 9 && y >= 3 && y < 6;
      expect(pixels[i]).toBe(isInside ? 128 : plain[i]);
    }
  });

  it('leaves the photo alone where nothing is done', () => {
    const pixels = photo.rgba.filter((_, i) => i % 4 < 3);
    expect([...plain]).toEqual([...pixels]);
  });
});
