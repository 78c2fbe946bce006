import type { BaseSummary, LayerSummary } from './baseSummary.ts';
import { cutKey, type Cut } from './cut.ts';

/** Layers whose output is their input's, but for a border. */
const NEVER_SWEPT = ['input', 'zero-padding2d', 'dropout'];

/**
 * Cuts to measure a base at, from its first layers to its last: the end of each size of picture, the
 * sensible cuts, and the one in force. Only layers that everything after them depends on, but for the last.
 */
export function sweepCuts({ layers, suggestedCuts }: BaseSummary, inForce: Cut): readonly Cut[] {
  const suggested = suggestedCuts.map(({ cut }) => cut);
  const first = Math.min(...suggested.flatMap(({ positions }) => positions));
  const early = endsOfPictures(layers, first).map((position): Cut => ({
    positions: [position],
    pooling: 'global-average',
  }));
  const all = new Map([...early, ...suggested, inForce].map((cut) => [cutKey(cut), cut]));
  return [...all.values()].toSorted((a, b) => deepest(a) - deepest(b));
}

function deepest({ positions }: Cut): number {
  return Math.max(...positions);
}

/** The last layer with a picture of each size, among those before `end`. */
function endsOfPictures(layers: readonly LayerSummary[], end: number): readonly number[] {
  const pictures = bottlenecks(layers).filter(
    ({ kind, outputShape }) => outputShape.length === 3 && !NEVER_SWEPT.includes(kind),
  );
  return pictures
    .filter(({ outputShape }, index) => {
      const next = pictures[index + 1];
      return next === undefined || next.outputShape[0] !== outputShape[0];
    })
    .map(({ position }) => position)
    .filter((position) => position < end);
}

/** Layers past which nothing from further up is used. */
function bottlenecks(layers: readonly LayerSummary[]): readonly LayerSummary[] {
  let earliestUsed = Infinity;
  const found: LayerSummary[] = [];
  for (const layer of layers.toReversed()) {
    if (earliestUsed >= layer.position) found.push(layer);
    earliestUsed = Math.min(earliestUsed, ...layer.inputs);
  }
  return found.reverse();
}
