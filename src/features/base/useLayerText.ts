import type { LayerSummary } from '../../domain/baseSummary.ts';
import { useFormat } from '../../ui/format.ts';

export interface LayerText {
  /** “14 × 14 × 192”, never broken over two lines. */
  readonly shape: (outputShape: readonly number[]) => string;
  /** “depthwise conv2d” */
  readonly kind: (layer: Pick<LayerSummary, 'kind'>) => string;
}

/** What a layer is and gives, in words. Kinds keep the names that the field has for them. */
export function useLayerText(): LayerText {
  const format = useFormat();
  return {
    shape: (outputShape) => outputShape.map((size) => format.number(size)).join('\u00a0×\u00a0'),
    kind: ({ kind }) => kind.replaceAll('-', ' '),
  };
}
