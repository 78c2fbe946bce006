import type { PixelRange } from '../../domain/preprocessing.ts';
import type { ByteSource } from '../byteSource.ts';
import { FlatTable } from './flatTable.ts';
import type { LiteModel } from './liteModel.ts';

const NORMALISATION = 1;

/**
 * How pixels go in, by the metadata that tools put into models (TensorFlow Lite's `metadata_schema.fbs`):
 * each less a mean and divided by a deviation. `null` where it does not say. Errors: base-invalid.
 */
export function describedRange(
  { source, metadata }: LiteModel,
  numChannels: number | null,
): PixelRange | null {
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
  const [means, deviations] = [options?.numbers(0, 'float32'), options?.numbers(1, 'float32')];
  const isFit = (list: readonly number[] = []) => list.length === 1 || list.length === numChannels;
  if (means === undefined || deviations === undefined) return null;
  if (!isFit(means) || !isFit(deviations)) return null;
  const length = Math.max(means.length, deviations.length);
  const each = Array.from({ length }, (_, i) => {
    const [mean = 0, deviation = 0] = [means[i] ?? means[0], deviations[i] ?? deviations[0]];
    return { scale: 1 / deviation, offset: -mean / deviation };
  });
  if (!each.every(({ scale, offset }) => Number.isFinite(scale) && Number.isFinite(offset))) {
    return null;
  }
  return {
    channelOrder: numChannels === 1 ? 'grey' : 'rgb',
    scale: each.map(({ scale }) => scale),
    // No negative zero, which is another number in JSON's eyes.
    offset: each.map(({ offset }) => offset + 0),
  };
}
