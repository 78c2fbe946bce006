import type { BaseModel } from '../domain/baseModel.ts';
import type { PixelRange } from '../domain/preprocessing.ts';

/** The base's own numbers where the export's are the same but for rounding to float32. */
export function exactRange(base: BaseModel, range: PixelRange): PixelRange {
  const isClose = (key: 'scale' | 'offset') =>
    [0, 1, 2].every((i) => {
      const [own, other] = [base.pixelRange[key], range[key]];
      const difference = (own[i] ?? own[0] ?? 0) - (other[i] ?? other[0] ?? 0);
      return (
        Math.abs(difference) <= 1e-5 * Math.max(1, Math.abs(own[i] ?? own[0] ?? 0)) * ROOM[key]
      );
    });
  const isSame = base.pixelRange.channelOrder === range.channelOrder;
  return isSame && isClose('scale') && isClose('offset') ? base.pixelRange : range;
}

/** A scale is multiplied by up to 255. */
const ROOM = { scale: 1 / 255, offset: 1 };
