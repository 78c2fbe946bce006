import type { MeasuredAccuracy } from './transferReport.ts';

/** Accuracy of heads that were trained on so many photos. */
export interface LearningCurvePoint extends MeasuredAccuracy {
  /** Average over the classes: small ones give all they have. */
  readonly photosPerClass: number;
  /** Sets of photos drawn anew, over which the accuracy is averaged. */
  readonly numDraws: number;
}

/** What twice as many photos would probably bring. */
export interface NextDoubling {
  readonly photosPerClass: number;
  readonly accuracy: number;
  /** 95 % range. */
  readonly low: number;
  readonly high: number;
}

export interface LearningCurve {
  /** From the fewest photos to all; at least one. */
  readonly points: readonly LearningCurvePoint[];
  /** `null` where there are too few points for a prediction. */
  readonly next: NextDoubling | null;
}

/** Gains below this are not worth collecting twice as many photos for. */
const FLAT_GAIN = 0.01;

/** Accuracy that the doubling would probably add; never negative. */
export function expectedGain(curve: LearningCurve): number {
  const now = curve.points.at(-1)?.accuracy ?? 0;
  return curve.next === null ? 0 : Math.max(0, curve.next.accuracy - now);
}

export function isFlat(curve: LearningCurve): boolean {
  return curve.next !== null && expectedGain(curve) < FLAT_GAIN;
}
