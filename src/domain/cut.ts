/** What becomes of the output of the layers where a base is cut: one row of numbers per photo. */
export const CUT_POOLINGS = [
  'none',
  'global-average',
  'global-max',
  'average-and-spread',
  'flatten',
] as const;

/**
 * `none` is for layers that give a row already. `average-and-spread` takes, for each channel, the
 * average and how far the values above it lie from it.
 */
export type CutPooling = (typeof CUT_POOLINGS)[number];

/** Where a base ends: everything up to these layers is frozen, and their pooled outputs are the activation. */
export interface Cut {
  /** In the canonical graph of the base, ascending; the rows of several are put one after the other. */
  readonly positions: readonly number[];
  readonly pooling: CutPooling;
}

/** A string that two cuts of one base share only if they are the same. */
export function cutKey({ positions, pooling }: Cut): string {
  return `${positions.join('+')}|${pooling}`;
}
