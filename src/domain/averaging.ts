import { PLAIN_VIEW, type Augmentation, type View } from './augmentation.ts';
import type { MeasuredAccuracy } from './transferReport.ts';

export const AVERAGINGS = ['none', 'mirror', 'crops', 'mirror-and-crops'] as const;

/**
 * Views whose probabilities a prediction is the mean of. `none`: the photo as it is; the others have beside
 * it its mirror image, its four corners, or both: ten views as in Krizhevsky et al., "ImageNet
 * Classification with Deep Convolutional Neural Networks" (2012), with the whole photo for the centre patch.
 */
export type Averaging = (typeof AVERAGINGS)[number];

/** A view that is the same of every photo. */
export interface FixedView {
  /** Stands for it in keys of activations; raised when pixels would change. */
  readonly key: `view ${string}`;
  readonly view: View;
}

/** Krizhevsky's: 224 of 256 pixels. */
const CORNER_SIDE = 0.875;

const MIRROR: FixedView = {
  key: 'view fixed 1 mirror',
  view: { ...PLAIN_VIEW, isFlippedAcross: true },
};

const CORNERS: readonly FixedView[] = [0, 1].flatMap((top) =>
  [0, 1].map((left): FixedView => {
    const [x, y] = [left, top].map((end) => end * (1 - CORNER_SIDE));
    const crop = { left: x ?? 0, top: y ?? 0, width: CORNER_SIDE, height: CORNER_SIDE };
    return { key: `view fixed 1 corner ${left} ${top}`, view: { ...PLAIN_VIEW, crop } };
  }),
);

const MIRRORED_CORNERS = CORNERS.map(({ key, view }): FixedView => ({
  key: `${key} mirror`,
  view: { ...view, isFlippedAcross: true },
}));

const VIEWS: Readonly<Record<Averaging, readonly FixedView[]>> = {
  none: [],
  mirror: [MIRROR],
  crops: CORNERS,
  'mirror-and-crops': [MIRROR, ...CORNERS, ...MIRRORED_CORNERS],
};

/** Those beside the photo as it is. */
export function averagedViews(averaging: Averaging): readonly FixedView[] {
  return VIEWS[averaging];
}

/** How many times the work of one photo it is. */
export function numAveraged(averaging: Averaging): number {
  return 1 + VIEWS[averaging].length;
}

/** Without mirror images where flips are set to none: there, left and right tell classes apart. */
export function offeredAveragings(augmentation: Augmentation | undefined): readonly Averaging[] {
  return augmentation?.flips === 'none' ? ['none', 'crops'] : AVERAGINGS;
}

interface AveragingSettings {
  readonly averaging?: Averaging;
  readonly augmentation?: Augmentation;
}

/** What predictions of a project are averaged over: what was chosen, as far as it is offered. */
export function averagingOf({ averaging = 'none', augmentation }: AveragingSettings): Averaging {
  if (offeredAveragings(augmentation).includes(averaging)) return averaging;
  return averaging === 'mirror' ? 'none' : 'crops';
}

/** Mean of the probabilities of one photo's views, each [numClasses] in the same order; at least one. */
export function meanProbabilities(ofViews: readonly ArrayLike<number>[]): number[] {
  const [first = []] = ofViews;
  return Array.from(first, (_, index) => {
    const sum = ofViews.reduce((total, probabilities) => total + (probabilities[index] ?? 0), 0);
    return sum / ofViews.length;
  });
}

/** How often the mean over views is right on held-out photos. */
export interface AveragedAccuracy extends MeasuredAccuracy {
  /** Accuracy minus that of the same photos as they are, with its 95 % interval for paired answers. */
  readonly lead: { readonly value: number; readonly low: number; readonly high: number };
}

/** What averaging makes of a run's accuracy on each part that has photos. */
export interface MeasuredAveraging {
  readonly averaging: Averaging;
  readonly validation: AveragedAccuracy | null;
  readonly test: AveragedAccuracy | null;
}
