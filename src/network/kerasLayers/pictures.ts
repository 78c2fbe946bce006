import { asCount, asFlag, asList, asSizePair } from '../jsonChecks.ts';
import type { LayerKind } from '../network.ts';
import {
  readPadding,
  requireChannelsLast,
  unsupported,
  where,
  type LayerSource,
} from './layerSource.ts';

/** Pooling and what changes a picture's borders or size: layers without weights. */

export function readPooling(
  kind: 'max-pooling2d' | 'average-pooling2d',
  source: LayerSource,
): LayerKind {
  requireChannelsLast(source);
  const poolSize = asSizePair(source.config['pool_size'] ?? 2, where(source, 'pool_size'));
  const strides = source.config['strides'] ?? null;
  return {
    kind,
    poolSize,
    strides: strides === null ? poolSize : asSizePair(strides, where(source, 'strides')),
    padding: readPadding(source),
  };
}

export function readGlobalPooling(
  kind: 'global-average-pooling2d' | 'global-max-pooling2d',
  source: LayerSource,
): LayerKind {
  requireChannelsLast(source);
  return {
    kind,
    keepDims: asFlag(source.config['keepdims'] ?? false, where(source, 'keepdims')),
  };
}

type Sides = readonly [top: number, bottom: number, left: number, right: number];

/** Sizes on the four sides, which Keras writes as one number, two, or two pairs. */
export function readSides(source: LayerSource, field: 'padding' | 'cropping'): Sides {
  requireChannelsLast(source);
  const name = where(source, field);
  const stated = source.config[field];
  if (typeof stated === 'number') {
    const size = asCount(stated, name);
    return [size, size, size, size];
  }
  const [vertical, horizontal, ...rest] = asList(stated, name).map((side) =>
    typeof side === 'number' ? [side, side] : asList(side, name),
  );
  const sizes = [...(vertical ?? []), ...(horizontal ?? [])].map((size) => asCount(size, name));
  const [top, bottom, left, right] = sizes;
  const isWhole =
    rest.length === 0 && sizes.length === 4 && vertical?.length === 2 && horizontal?.length === 2;
  if (!isWhole) return unsupported(source, `has a ${field} of another form`);
  return [top ?? 0, bottom ?? 0, left ?? 0, right ?? 0];
}

export function readUpSampling(source: LayerSource): LayerKind {
  requireChannelsLast(source);
  const size = asSizePair(source.config['size'] ?? 2, where(source, 'size'));
  const interpolation = source.config['interpolation'] ?? 'nearest';
  if (interpolation !== 'nearest' && interpolation !== 'bilinear') {
    return unsupported(source, 'has an unknown interpolation');
  }
  return { kind: 'upsampling2d', size, interpolation };
}
