import { describe, expect, test } from 'vitest';
import { nameOfPixelRange, pixelRangeNames, pixelRangeOf } from './pixelRangeChoices.ts';

describe('pixel ranges', () => {
  test('are recognised by their numbers, for colours and for grey', () => {
    for (const isGrey of [false, true]) {
      for (const name of pixelRangeNames(isGrey)) {
        expect(nameOfPixelRange(pixelRangeOf(name, isGrey))).toBe(name);
      }
    }
    const rounded = { channelOrder: 'rgb', scale: [0.00392157], offset: [0] } as const;
    expect(nameOfPixelRange(rounded)).toBe('unit');
  });

  test('may be another one than those known', () => {
    const halves = { channelOrder: 'rgb', scale: [1 / 128], offset: [-1] } as const;
    expect(nameOfPixelRange(halves)).toBeNull();
    expect(nameOfPixelRange({ ...halves, scale: [1, 1, 1] })).toBeNull();
  });

  test('brings ImageNet’s mean to zero', () => {
    const { scale, offset } = pixelRangeOf('imagenet-standardised', false);
    expect(0.456 * 255 * (scale[1] ?? 0) + (offset[1] ?? 0)).toBeCloseTo(0);
    expect((0.456 + 0.224) * 255 * (scale[1] ?? 0) + (offset[1] ?? 0)).toBeCloseTo(1);
  });
});
