import { expect, it } from 'vitest';
import { encodeFloat16 } from '../domain/float16.ts';
import { isHalf } from './halfValue.ts';

it.each([
  ['above a power of two, below which steps are half as large', 0.01563],
  ['half-way between two', 4110],
  ['half-way on the other side', 4106],
  ['below a power of two', 0.0156211],
  ['exact', 0.25],
  ['subnormal', 3.1e-7],
  ['negative', -4130],
  ['zero', 0],
])('takes a number for the one that it is rounded to: %s', (_, number) => {
  const [bits = 0] = encodeFloat16(Float32Array.of(number));
  expect(isHalf(number, bits)).toBe(true);
  expect(isHalf(number, bits + 1)).toBe(false);
  expect(isHalf(number, bits ^ 0x8000)).toBe(number === 0);
});

it('takes nothing for a number that is none', () => {
  expect(isHalf(NaN, 0x3c00)).toBe(false);
});
