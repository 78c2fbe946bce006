import type { LearningCurvePoint, NextDoubling } from '../learningCurve.ts';
import { createRandom, type Random } from '../random.ts';
import { accuracyAt, fitPowerLaw } from './powerLaw.ts';

/** Three parameters go through any three points. */
const MIN_POINTS = 4;
const NUM_RESAMPLES = 400;
const TAIL = 0.025;
/** Half of a 95 % interval in standard deviations. */
const Z_95 = 1.959963984540054;

/**
 * Accuracy that a power law through the points gives for twice as many photos. The range is that of a
 * parametric bootstrap (Efron and Tibshirani 1993, 6.5): points moved at random as far as their intervals
 * let them, fitted anew each time, the outer 2.5 % on each side left out. All points were measured on the
 * same photos, so that many of them do not make the range narrower than the last one's interval is.
 * `null` with under four points.
 */
export function predictNextDoubling(
  points: readonly LearningCurvePoint[],
  seed: number,
): NextDoubling | null {
  const last = points.at(-1);
  if (last === undefined || points.length < MIN_POINTS) return null;
  const photosPerClass = 2 * last.photosPerClass;
  const predict = (accuracyOf: (point: LearningCurvePoint) => number) => {
    const moved = points.map((point) => ({
      numPhotos: point.photosPerClass,
      accuracy: accuracyOf(point),
    }));
    return Math.min(1, Math.max(0, accuracyAt(fitPowerLaw(moved), photosPerClass)));
  };
  const random = createRandom(seed);
  const resampled = Array.from({ length: NUM_RESAMPLES }, () =>
    predict(({ accuracy, interval: { low, high } }) => {
      return accuracy + ((high - low) / (2 * Z_95)) * normal(random);
    }),
  ).sort((a, b) => a - b);
  const accuracy = predict((point) => point.accuracy);
  const cut = Math.floor(TAIL * NUM_RESAMPLES);
  return {
    photosPerClass,
    accuracy,
    low: Math.max(0, Math.min(resampled[cut] ?? 0, accuracy - last.accuracy + last.interval.low)),
    high: Math.min(
      1,
      Math.max(
        resampled[NUM_RESAMPLES - 1 - cut] ?? 1,
        accuracy - last.accuracy + last.interval.high,
      ),
    ),
  };
}

/** From the standard normal distribution (Box and Muller 1958). */
function normal({ next }: Random): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
