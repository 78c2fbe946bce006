import type { CutPooling } from '../domain/cut.ts';
import type { Layer } from './network.ts';
import type { NetworkBuilder } from './networkBuilder.ts';

/** Adds what turns the output of the layer at `position` into one row, and gives that row's position. */
export function pool(builder: NetworkBuilder, position: number, pooling: CutPooling): number {
  switch (pooling) {
    case 'none':
      return position;
    case 'global-average':
      return addAverage(builder, position, 'pooling');
    case 'global-max':
      return builder.add({ kind: 'global-max-pooling2d', keepDims: false }, 'pooling', [position]);
    case 'flatten':
      return builder.add({ kind: 'flatten' }, 'pooling', [position]);
    case 'average-and-spread': {
      const rows = [addAverage(builder, position, 'pooling'), addSpread(builder, position)];
      return builder.add({ kind: 'concatenate' }, 'pooling_and_spread', rows);
    }
  }
}

const POOLINGS: Partial<Record<Layer['kind'], CutPooling>> = {
  'global-average-pooling2d': 'global-average',
  'global-max-pooling2d': 'global-max',
  flatten: 'flatten',
};

/** The pooling that a single layer is; `null` if it is none. */
export function poolingOf(layer: Layer | undefined): CutPooling | null {
  return (layer && POOLINGS[layer.kind]) ?? null;
}

function addAverage(builder: NetworkBuilder, position: number, name: string): number {
  return builder.add({ kind: 'global-average-pooling2d', keepDims: false }, name, [position]);
}

/**
 * Mean of `max(x - mean, 0)`, half of the mean absolute deviation: a measure of spread that layers of
 * every export format can say, unlike a variance's root.
 */
function addSpread(builder: NetworkBuilder, position: number): number {
  const average = { kind: 'global-average-pooling2d', keepDims: true } as const;
  const mean = builder.add(average, 'spread_mean', [position]);
  const negate = { kind: 'rescaling', scale: [-1], offset: [0] } as const;
  const negative = builder.add(negate, 'spread_negative', [mean]);
  const centred = builder.add({ kind: 'add' }, 'spread_centred', [position, negative]);
  const relu = { kind: 'activation', activation: 'relu' } as const;
  const above = builder.add(relu, 'spread_above', [centred]);
  return addAverage(builder, above, 'spread');
}
