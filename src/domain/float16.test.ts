import { describe, expect, it } from 'vitest';
import { decodeFloat16, encodeFloat16 } from './float16.ts';

const encodeOne = (value: number) => encodeFloat16(Float32Array.of(value))[0];

describe('encodeFloat16', () => {
  // Bit patterns from IEEE 754-2019 and from numpy's `astype(float16)`.
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [0.1, 0x2e66],
    [1 / 3, 0x3555],
    [65504, 0x7bff],
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [1e10, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [1023 * 2 ** -24, 0x03ff],
    [1023.7 * 2 ** -24, 0x0400],
    [1e-30, 0x0000],
  ])('%d is 0x%s', (value, bits) => {
    expect(encodeOne(value)).toBe(bits);
  });

  it('rounds ties to even, for normal and subnormal numbers', () => {
    expect(encodeOne(1 + 2 ** -11)).toBe(0x3c00);
    expect(encodeOne(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(encodeOne(2 ** -25)).toBe(0x0000);
    expect(encodeOne(3 * 2 ** -25)).toBe(0x0002);
    expect(encodeOne(2 ** -25 * (1 + 2 ** -20))).toBe(0x0001);
  });

  it('keeps NaN', () => {
    expect(decodeFloat16(encodeFloat16(Float32Array.of(NaN)))[0]).toBeNaN();
  });

  it('reads a view that begins inside its buffer', () => {
    const view = new Float32Array(Float32Array.of(5, 1, 2).buffer, 4, 2);
    expect([...encodeFloat16(view)]).toEqual([0x3c00, 0x4000]);
  });
});

describe('decodeFloat16', () => {
  it('gives back the bits of every number that is not NaN', () => {
    const all = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
    const numbers = all.filter((half) => (half & 0x7fff) <= 0x7c00);
    expect(encodeFloat16(decodeFloat16(numbers))).toEqual(numbers);
  });

  it('knows the values of the formula (-1)^s · 2^(e-15) · (1 + m/1024)', () => {
    for (const half of [0x3c00, 0x0001, 0x03ff, 0x0400, 0x7bff, 0xb555]) {
      const exponent = (half >> 10) & 31;
      const mantissa = half & 1023;
      const magnitude =
        exponent === 0 ? mantissa * 2 ** -24 : 2 ** (exponent - 15) * (1 + mantissa / 1024);
      expect(decodeFloat16(Uint16Array.of(half))[0]).toBe(half & 0x8000 ? -magnitude : magnitude);
    }
    expect(decodeFloat16(Uint16Array.of(0x7c00, 0xfc00))).toEqual(
      Float32Array.of(Infinity, -Infinity),
    );
  });
});
