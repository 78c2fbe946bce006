import { poolingsFor, type LayerSummary } from '../../domain/baseSummary.ts';
import { cutKey, type Cut } from '../../domain/cut.ts';

/** The cut at one layer, with the pooling of before where that is possible. */
export function cutAt(layers: readonly LayerSummary[], position: number, before: Cut): Cut {
  const poolings = poolingsFor(layers[position]?.outputShape ?? []);
  const pooling = poolings.find((each) => each === before.pooling) ?? poolings[0] ?? 'none';
  return { positions: [position], pooling };
}

/** Adds the layer to those taken together, or leaves it out; the last one stays. */
export function withLayerToggled(cut: Cut, position: number): Cut {
  const others = cut.positions.filter((each) => each !== position);
  if (others.length === cut.positions.length) {
    return { ...cut, positions: [...others, position].sort((a, b) => a - b) };
  }
  return others.length === 0 ? cut : { ...cut, positions: others };
}

/** Whether the layer's output can be pooled in the same way as those of the cut. */
export function canJoin(layers: readonly LayerSummary[], cut: Cut, position: number): boolean {
  return poolingsFor(layers[position]?.outputShape ?? []).includes(cut.pooling);
}

export function isSameCut(a: Cut, b: Cut): boolean {
  return cutKey(a) === cutKey(b);
}
