import { GraftError } from '../../domain/errors.ts';
import type { LayerValue, Mapping } from './mapping.ts';
import type { OnnxGraph } from './readModel.ts';
import { CHANNELS_FIRST } from './shapeNodes.ts';

/**
 * Adds the one input that the nodes need: a picture of shape [batch, height, width, channels] or
 * [batch, channels, height, width], or rows. Errors: base-invalid.
 */
export function addInput({ inputs }: OnnxGraph, mapping: Mapping): void {
  const needed = inputs.filter(({ name }) => mapping.takers(name).length > 0);
  const [input, second] = needed;
  if (input === undefined || second !== undefined) {
    throw new GraftError('base-invalid', `The model has ${needed.length} inputs instead of one`);
  }
  const { name, sizes } = input;
  const [, first = null, height = null, last = null] = sizes;
  if (sizes.length !== 4 && sizes.length !== 2) {
    const stated = sizes.map((size) => size ?? '?').join(' × ');
    throw new GraftError('base-invalid', `The model takes ${stated} values, which are no picture`);
  }
  const isPicture = sizes.length === 4;
  const isChannelsFirst = isPicture && hasChannelsFirst(first, last, name, mapping);
  const shape = isChannelsFirst ? [height, last, first] : sizes.slice(1);
  const position = mapping.builder.add({ kind: 'input', shape }, name, []);
  const value: LayerValue = { kind: 'layer', position, isChannelsFirst };
  mapping.set(name, value);
}

/** By the number that can only be one of colours; else by what the graph does first. */
function hasChannelsFirst(
  first: number | null,
  last: number | null,
  name: string,
  mapping: Mapping,
): boolean {
  const [isFirst, isLast] = [first, last].map((size) => size === 1 || size === 3);
  if (isFirst !== isLast) return isFirst === true;
  const takers = mapping.takers(name);
  return !takers.every(
    ({ attributes }) => attributes.get('perm')?.integers.join() === CHANNELS_FIRST,
  );
}
