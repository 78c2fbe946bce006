import type { Cut, CutPooling } from './cut.ts';

/** A base's layer as the screens show it: no weights, only what can be counted. */
export interface LayerSummary {
  /** In the canonical graph. */
  readonly position: number;
  readonly name: string;
  /** As `network` calls it, such as `conv2d`; for display. */
  readonly kind: string;
  /** Without the batch. */
  readonly outputShape: readonly number[];
  /** As Keras counts: a batch norm has its moving mean and variance too. */
  readonly numParameters: number;
  /** Positions of its inputs. */
  readonly inputs: readonly number[];
}

/** Why a cut is worth trying: the end of the network, of a block in its middle, or a row after it. */
export type CutReason = 'last-picture' | 'block-end' | 'row';

export interface SuggestedCut {
  readonly cut: Cut;
  readonly reason: CutReason;
  /** The one that a base starts with; exactly one of a base's suggestions. */
  readonly isDefault: boolean;
}

/** The classes that a base was made to tell apart, where it still answers with them. */
export interface OwnClasses {
  /** Its answer as an activation: one value for each of its classes. */
  readonly cut: Cut;
  readonly numClasses: number;
  /** The values are not probabilities yet: a softmax has to be taken of them. */
  readonly areLogits: boolean;
}

/** Everything that the page knows about the inside of a base. */
export interface BaseSummary {
  readonly layers: readonly LayerSummary[];
  /** In the order of the layers. */
  readonly suggestedCuts: readonly SuggestedCut[];
  /** Absent where the base ends before a classifier. */
  readonly ownClasses?: OwnClasses;
}

export type LayerUse = 'frozen' | 'unused';

/** What the network with a new head on a cut is made of. */
export interface CutTotals {
  readonly numFrozen: number;
  /** Kernel and bias of the softmax layer on top. */
  readonly numTrainable: number;
}

/** Poolings that make one row of a layer's output. */
export function poolingsFor(outputShape: readonly number[]): readonly CutPooling[] {
  return outputShape.length === 1
    ? ['none']
    : ['global-average', 'global-max', 'average-and-spread', 'flatten'];
}

/** For each layer whether the cut needs it: those that no cut layer depends on are left out. */
export function layerUses(layers: readonly LayerSummary[], cut: Cut): readonly LayerUse[] {
  const isNeeded = new Set<number>(cut.positions);
  for (const { position, inputs } of layers.toReversed()) {
    if (isNeeded.has(position)) for (const input of inputs) isNeeded.add(input);
  }
  return layers.map(({ position }) => (isNeeded.has(position) ? 'frozen' : 'unused'));
}

/** Values of one photo's activation. */
export function activationSize(layers: readonly LayerSummary[], cut: Cut): number {
  return cut.positions
    .map((position) => pooledSize(layers[position]?.outputShape ?? [], cut.pooling))
    .reduce((sum, size) => sum + size, 0);
}

function pooledSize(outputShape: readonly number[], pooling: CutPooling): number {
  const channels = outputShape.at(-1) ?? 0;
  switch (pooling) {
    case 'global-average':
    case 'global-max':
      return channels;
    case 'average-and-spread':
      return 2 * channels;
    case 'none':
    case 'flatten':
      return outputShape.reduce((product, size) => product * size, 1);
  }
}

/** Activations are stored as float16. */
const BYTES_PER_VALUE = 2;

export function activationBytes(numPhotos: number, size: number): number {
  return numPhotos * size * BYTES_PER_VALUE;
}

/** Parameters below the cut and of a softmax layer for `numClasses` on top of it. */
export function cutTotals(
  layers: readonly LayerSummary[],
  cut: Cut,
  numClasses: number,
): CutTotals {
  const uses = layerUses(layers, cut);
  const numFrozen = layers
    .filter((_, index) => uses[index] === 'frozen')
    .reduce((sum, { numParameters }) => sum + numParameters, 0);
  return { numFrozen, numTrainable: (activationSize(layers, cut) + 1) * numClasses };
}
