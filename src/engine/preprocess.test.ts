import { describe, expect, it } from 'vitest';
import {
  PREPROCESSING_VERSION,
  type Framing,
  type PreprocessingSpec,
} from '../domain/preprocessing.ts';
import { preprocessPixels, writeInput } from './preprocess.ts';

const spec = (inputWidth: number, inputHeight: number, framing: Framing): PreprocessingSpec => ({
  version: PREPROCESSING_VERSION,
  inputWidth,
  inputHeight,
  framing,
  channelOrder: 'rgb',
  scale: [1 / 127.5],
  offset: [-1],
});

/** Red is the column, green the row, blue 9. */
function gridPicture(width: number, height: number, alpha = 255) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    rgba.set([i % width, Math.floor(i / width), 9, alpha], i * 4);
  }
  return { rgba, width, height };
}

const redsOf = (pixels: Uint8ClampedArray) => [...pixels].filter((_, i) => i % 3 === 0);
const greensOf = (pixels: Uint8ClampedArray) => [...pixels].filter((_, i) => i % 3 === 1);

describe('preprocessPixels', () => {
  it('cuts the centre square, rounding its corner down', () => {
    const pixels = preprocessPixels(gridPicture(7, 2), spec(2, 2, 'centre-square'));
    expect(redsOf(pixels)).toEqual([2, 3, 2, 3]);
    expect(greensOf(pixels)).toEqual([0, 0, 1, 1]);
  });

  it('cuts to the proportions of an input that is not square', () => {
    const pixels = preprocessPixels(gridPicture(8, 8), spec(8, 4, 'centre-square'));
    expect(new Set(greensOf(pixels))).toEqual(new Set([2, 3, 4, 5]));
    expect(redsOf(pixels).slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('pads the whole photo with white', () => {
    const pixels = preprocessPixels(gridPicture(4, 2), spec(4, 4, 'padded'));
    expect(redsOf(pixels)).toEqual([
      255, 255, 255, 255, 0, 1, 2, 3, 0, 1, 2, 3, 255, 255, 255, 255,
    ]);
  });

  it('keeps a pixel of a photo that is far too narrow', () => {
    const pixels = preprocessPixels(gridPicture(1, 1000), spec(4, 4, 'padded'));
    expect([...pixels].filter((_, i) => i % 3 === 2)).toEqual([
      255, 9, 255, 255, 255, 9, 255, 255, 255, 9, 255, 255, 255, 9, 255, 255,
    ]);
  });

  it('finds the same box on coarser pixels, whether whole or cut', () => {
    // A photo of 23 by 16, two by two pixels in one, turned so that its odd column comes first.
    const photo = { factor: 2, width: 23, height: 16, left: 0.5, top: 0 };
    const coarse = { ...gridPicture(12, 8), placement: photo };
    const pixels = preprocessPixels(coarse, spec(4, 4, 'centre-square'));
    // The square begins with column 3 of the photo, 2 of the pixels, and covers 8.
    const whole = preprocessPixels(gridPicture(12, 8), spec(4, 4, 'centre-square'));
    expect(redsOf(pixels)).toEqual(redsOf(whole));

    const cutOut = { ...gridPicture(8, 8), placement: { ...photo, left: -1.5 } };
    const reds = redsOf(preprocessPixels(cutOut, spec(4, 4, 'centre-square')));
    expect(reds).toEqual(redsOf(pixels).map((red) => red - 2));
  });

  it('stretches', () => {
    const pixels = preprocessPixels(gridPicture(4, 2), spec(4, 4, 'stretched'));
    expect(redsOf(pixels).slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(pixels).toHaveLength(48);
  });

  it('lays transparency on white and leaves the photo as it was', () => {
    const picture = gridPicture(1, 1, 51);
    expect([...preprocessPixels(picture, spec(1, 1, 'stretched'))]).toEqual([204, 204, 206]);
    expect([...picture.rgba]).toEqual([0, 0, 9, 51]);
    const clear = gridPicture(3, 3, 0);
    expect(new Set(preprocessPixels(clear, spec(2, 2, 'stretched')))).toEqual(new Set([255]));
  });
});

describe('writeInput', () => {
  it('puts blue first where the base wants it, each channel in its own range', () => {
    const range = { channelOrder: 'bgr', scale: [1], offset: [-103, -116, -123] } as const;
    const target = new Float32Array(3);
    writeInput(Uint8ClampedArray.of(200, 100, 50), range, target, 0);
    expect([...target]).toEqual([50 - 103, 100 - 116, 200 - 123]);
  });

  it('gives one value a pixel to a grey base', () => {
    const range = { channelOrder: 'grey', scale: [0.5], offset: [-1] } as const;
    const target = new Float32Array(2);
    writeInput(Uint8ClampedArray.of(255, 255, 255, 100, 0, 0), range, target, 0);
    expect(target[0]).toBeCloseTo((0.9999 * 255) / 2 - 1, 5);
    expect(target[1]).toBeCloseTo(29.89 / 2 - 1, 5);
  });

  it('maps bytes to the range of the base, at the place asked for', () => {
    const target = new Float32Array(5);
    writeInput(Uint8ClampedArray.of(0, 255, 51), spec(1, 1, 'stretched'), target, 2);
    expect([...target]).toEqual([0, 0, -1, 1, Math.fround(51 / 127.5 - 1)]);
  });
});
