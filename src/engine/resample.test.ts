import { describe, expect, it } from 'vitest';
import { sha256 } from '../domain/sha256.ts';
import { resample } from './resample.ts';

/*
 * Expected values come from Pillow 12.3.0:
 * Image.frombytes('RGB', (w, h), bytes((37*y + 17*x + 91*c + y*x) % 256 for y … for x … for c …))
 *   .crop((left, top, left + width, top + height)).resize((w2, h2), Image.Resampling.BILINEAR).tobytes()
 */
function formulaPicture(width: number, height: number) {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        data[(y * width + x) * 4 + c] = (37 * y + 17 * x + 91 * c + y * x) % 256;
      }
    }
  }
  return { data, width };
}

const box = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  width,
  height,
});

describe('resample', () => {
  it('reduces like Pillow', () => {
    expect([...resample(formulaPicture(7, 5), box(0, 0, 7, 5), 3, 2)]).toEqual([
      52, 143, 165, 91, 170, 124, 130, 163, 73, 128, 167, 66, 171, 103, 100, 185, 73, 140,
    ]);
  });

  it('enlarges like Pillow', () => {
    expect([...resample(formulaPicture(3, 2), box(0, 0, 3, 2), 4, 3)]).toEqual([
      0, 91, 182, 11, 102, 193, 23, 114, 205, 34, 125, 216, 19, 110, 201, 30, 121, 212, 43, 134,
      225, 54, 145, 236, 37, 128, 219, 48, 139, 230, 62, 153, 244, 73, 164, 255,
    ]);
  });

  it('takes edges that lie within pixels', () => {
    const ramp = Uint8ClampedArray.from({ length: 10 * 4 }, (_, i) => 20 * Math.floor(i / 4));
    const grid = { data: ramp, width: 10 };
    const reds = (left: number, width: number) =>
      [...resample(grid, box(left, 0, width, 1), 4, 1)].filter((_, i) => i % 3 === 0);
    expect(reds(3, 4)).toEqual([60, 80, 100, 120]);
    expect(reds(3.25, 4)).toEqual([65, 85, 105, 125]);
    expect(reds(2.5, 4)).toEqual([50, 70, 90, 110]);
  });

  it('takes nothing from outside the box', () => {
    expect([...resample(formulaPicture(9, 6), box(1, 0, 6, 6), 2, 2)]).toEqual([
      88, 167, 138, 133, 152, 83, 178, 93, 112, 158, 85, 164,
    ]);
  });

  it.each([
    [
      'a small photo',
      320,
      240,
      box(40, 0, 240, 240),
      224,
      224,
      '93b6934fecef7686bce70c60d608bfc7cd457a0cb571a9adcdb850df6483da28',
    ],
    [
      'an upright photo',
      240,
      333,
      box(0, 46, 240, 240),
      128,
      128,
      'a23746626fb7d520596d246d64a165fb86f9f6bac35208b89d31324d490bb849',
    ],
    [
      'a wide strip',
      1000,
      17,
      box(0, 0, 1000, 17),
      128,
      2,
      'd572b49d6f2cd80ab71a6863c2a1f0c44322209e813adffef8be2ae645f56bdb',
    ],
    [
      'a tiny photo, enlarged',
      50,
      60,
      box(0, 5, 50, 50),
      224,
      224,
      '7a80f17b1c160f7e3c516e3c9b797901753d05f9329ff22f2cdb7847763b9a95',
    ],
    [
      'a photo of the input size',
      224,
      224,
      box(0, 0, 224, 224),
      224,
      224,
      'a100e69bc8fefc95a2bb69e4aacc69ab987fe1c55b4e5423e06ad5a227584f0e',
    ],
    [
      'a line, to one pixel',
      4000,
      3,
      box(0, 0, 4000, 3),
      1,
      1,
      'd8d83e152275cdecf91efea09d7aebf3060c10fe7042abaabf8b5df0c6d36173',
    ],
  ] as const)('gives the bytes of Pillow for %s', async (_, width, height, crop, w, h, hash) => {
    expect(await sha256(resample(formulaPicture(width, height), crop, w, h))).toBe(hash);
  });

  it('keeps white white, however many pixels become one', () => {
    const data = new Uint8ClampedArray(16_000 * 4).fill(255);
    expect([...resample({ data, width: 16_000 }, box(0, 0, 16_000, 1), 1, 1)]).toEqual([
      255, 255, 255,
    ]);
  });
});
