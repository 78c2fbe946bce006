import { activationSize, type LayerSummary, type LayerUse } from '../../domain/baseSummary.ts';
import type { Cut } from '../../domain/cut.ts';

/** A row of the table: a layer of the base, or the new one on top. */
export interface LayerRow {
  /** `null` for the new layer, at which nothing can be cut. */
  readonly position: number | null;
  readonly name: string;
  readonly kind: string;
  readonly outputShape: readonly number[];
  readonly numParameters: number;
  readonly use: LayerUse | 'trainable';
}

/** The base's layers with what the cut makes of them, then the softmax layer for the project's classes. */
export function layerRows(
  layers: readonly LayerSummary[],
  uses: readonly LayerUse[],
  cut: Cut,
  head: { readonly name: string; readonly numClasses: number },
): readonly LayerRow[] {
  const { name, numClasses } = head;
  return [
    ...layers.map((layer, index) => ({ ...layer, use: uses[index] ?? 'unused' })),
    {
      position: null,
      name,
      kind: 'dense',
      outputShape: [numClasses],
      numParameters: (activationSize(layers, cut) + 1) * numClasses,
      use: 'trainable',
    },
  ];
}
