import { PIXEL_RANGES, type PixelRangeName } from '../../domain/pixelRanges.ts';
import type { PixelRange } from '../../domain/preprocessing.ts';

const NAMES = Object.keys(PIXEL_RANGES) as readonly PixelRangeName[];

/** The ranges that a base of this channel order could have been trained on; grey ones have one channel. */
export function pixelRangeNames(isGrey: boolean): readonly PixelRangeName[] {
  return isGrey ? ['unit', 'signed-unit', 'bytes'] : NAMES;
}

export function pixelRangeOf(name: PixelRangeName, isGrey: boolean): PixelRange {
  const range = PIXEL_RANGES[name];
  return isGrey ? { ...range, channelOrder: 'grey' } : range;
}

/** Which of the known ranges this is; `null` for another one, as files can state. */
export function nameOfPixelRange(range: PixelRange): PixelRangeName | null {
  const isGrey = range.channelOrder === 'grey';
  const isSame = (name: PixelRangeName) => {
    const known = pixelRangeOf(name, isGrey);
    return (
      known.channelOrder === range.channelOrder &&
      isClose(known.scale, range.scale) &&
      isClose(known.offset, range.offset)
    );
  };
  return pixelRangeNames(isGrey).find(isSame) ?? null;
}

/** Files state the same numbers with more or fewer digits. */
const TOLERANCE = 1e-4;

function isClose(a: readonly number[], b: readonly number[]): boolean {
  return (
    a.length === b.length &&
    a.every((value, i) => Math.abs(value - (b[i] ?? NaN)) <= TOLERANCE * Math.abs(value))
  );
}
