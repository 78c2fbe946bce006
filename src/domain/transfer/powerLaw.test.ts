import { describe, expect, it } from 'vitest';
import type { LearningCurvePoint } from '../learningCurve.ts';
import { wilsonInterval } from '../metrics.ts';
import figures from './figures/powerLaws.json' with { type: 'json' };
import { predictNextDoubling } from './nextDoubling.ts';
import { accuracyAt, fitPowerLaw } from './powerLaw.ts';

// Made by tools/transfer-figures with SciPy.
describe.each(figures.cases)('a curve that is $name', ({ photos, accuracies, ...stored }) => {
  const points = photos.map((numPhotos, index) => ({
    numPhotos,
    accuracy: accuracies[index] ?? 0,
  }));

  it('has the law that SciPy finds', () => {
    const law = fitPowerLaw(points);
    const error = points.reduce(
      (sum, { numPhotos, accuracy }, index) =>
        sum + ((index + 1) / points.length) * (accuracy - accuracyAt(law, numPhotos)) ** 2,
      0,
    );
    expect(error).toBeLessThan(stored.squaredError * 1.0001 + 1e-12);
    expect(accuracyAt(law, 2 * (photos.at(-1) ?? 0))).toBeCloseTo(stored.atDouble, 4);
  });
});

/** Measured on 400 photos, exactly on a power law. */
function pointsOn(sizes: readonly number[]): LearningCurvePoint[] {
  return sizes.map((photosPerClass) => {
    const accuracy = 0.92 - 0.5 * photosPerClass ** -0.6;
    const interval = wilsonInterval(accuracy * 400, 400);
    return { photosPerClass, numDraws: 1, accuracy, interval };
  });
}

describe('the next doubling', () => {
  it('goes on along the law, within a range that measuring leaves', () => {
    const next = predictNextDoubling(pointsOn([1, 2, 4, 8, 16]), 1);
    expect(next?.photosPerClass).toBe(32);
    expect(next?.accuracy).toBeCloseTo(0.92 - 0.5 * 32 ** -0.6, 4);
    // No narrower than Wilson's interval on 400 photos, about 3.5 points to each side.
    expect(next?.low).toBeGreaterThan(0.75);
    expect(next?.low).toBeLessThan((next?.accuracy ?? 0) - 0.03);
    expect(next?.high).toBeGreaterThan((next?.accuracy ?? 0) + 0.03);
    expect(next).toEqual(predictNextDoubling(pointsOn([1, 2, 4, 8, 16]), 1));
  });

  it('is not told from three points', () => {
    expect(predictNextDoubling(pointsOn([1, 2, 4]), 1)).toBeNull();
  });
});
