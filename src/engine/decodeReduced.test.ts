import { describe, expect, it } from 'vitest';
import { reductionFactor } from './decodeReduced.ts';

const factor = (width: number, height: number, inputSide = 224) =>
  reductionFactor({ width, height }, { inputWidth: inputSide, inputHeight: inputSide });

describe('reductionFactor', () => {
  it('leaves three pixels for each of the input', () => {
    expect(factor(4000, 3000)).toBe(4);
    expect(factor(3000, 4000)).toBe(4);
    expect(factor(8000, 6000)).toBe(8);
    expect(factor(1344, 1344)).toBe(2);
  });

  it('decodes in full what is not much larger than the input', () => {
    expect(factor(1343, 5000)).toBe(1);
    expect(factor(320, 240)).toBe(1);
  });

  it('goes by the input of the base', () => {
    expect(factor(1800, 1200, 128)).toBe(2);
  });
});
