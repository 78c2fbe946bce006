import type { PixelRange } from '../../domain/preprocessing.ts';
import type { ByteSource } from '../byteSource.ts';
import { FlatTable } from './flatTable.ts';
import type { LiteModel } from './liteModel.ts';

/** What an 8-bit value of a pixel becomes. */
interface Affine {
  readonly scale: number;
  readonly offset: number;
}

/**
 * How pixels go in, by the model's metadata, else by the steps of an input of 8 bits; `null` where neither
 * says. Errors: base-invalid.
 */
export function pixelRangeOf(model: LiteModel, numChannels: number | null): PixelRange | null {
  const channels = describedRange(model, numChannels) ?? steppedRange(model);
  const isUsable = ({ scale, offset }: Affine) =>
    Number.isFinite(scale) && scale !== 0 && Number.isFinite(offset);
  if (!channels?.every(isUsable)) return null;
  return {
    channelOrder: numChannels === 1 ? 'grey' : 'rgb',
    scale: channels.map(({ scale }) => scale),
    // No negative zero.
    offset: channels.map(({ offset }) => offset + 0),
  };
}

const NORMALISATION = 1;

/**
 * As tools describe it in models (TensorFlow Lite's `metadata_schema.fbs`): each pixel less a mean and
 * divided by a deviation, for all channels or one each.
 */
function describedRange(
  { source, metadata }: LiteModel,
  numChannels: number | null,
): readonly Affine[] | null {
  if (metadata === null) return null;
  const { start, end } = metadata;
  const part: ByteSource = {
    name: source.name,
    size: end - start,
    read: (from, to) => source.read(start + from, start + to),
  };
  const [graph] = FlatTable.root(part).tables(3);
  const [input] = graph?.tables(2) ?? [];
  const unit = input?.tables(4).find((each) => each.number(0, 'uint8') === NORMALISATION);
  const options = unit?.table(1);
  const means = options?.numbers(0, 'float32') ?? [];
  const deviations = options?.numbers(1, 'float32') ?? [];
  const isFit = ({ length }: readonly number[]) => length === 1 || length === numChannels;
  if (!isFit(means) || !isFit(deviations)) return null;
  return Array.from({ length: Math.max(means.length, deviations.length) }, (_, i) => {
    const [mean = 0, deviation = 0] = [means[i] ?? means[0], deviations[i] ?? deviations[0]];
    return { scale: 1 / deviation, offset: -mean / deviation };
  });
}

/** The smallest stored value of types of 8 bits, by their number in the schema: that of a black pixel. */
const BLACK: Readonly<Record<number, number>> = { 3: 0, 9: -128 };

/** A program stores a pixel in such an input as it is. */
function steppedRange({ tensors, inputs }: LiteModel): readonly Affine[] | null {
  const input = tensors[inputs[0] ?? -1];
  const black = input === undefined ? undefined : BLACK[input.type];
  if (input?.quantisation == null || black === undefined) return null;
  const { scales, zeroPoints } = input.quantisation;
  const [scale = 0] = scales;
  return [{ scale, offset: scale * (black - (zeroPoints[0] ?? 0)) }];
}
