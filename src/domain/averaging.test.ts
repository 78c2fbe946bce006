import { expect, it } from 'vitest';
import { DEFAULT_AUGMENTATION, PLAIN_VIEW } from './augmentation.ts';
import {
  averagedViews,
  AVERAGINGS,
  averagingOf,
  meanProbabilities,
  numAveraged,
  offeredAveragings,
} from './averaging.ts';

const unflipped = { ...DEFAULT_AUGMENTATION, flips: 'none' } as const;

it('averages over one, two, five or ten views, each with a key of its own', () => {
  expect(AVERAGINGS.map(numAveraged)).toEqual([1, 2, 5, 10]);
  const keys = averagedViews('mirror-and-crops').map(({ key }) => key);
  expect(new Set(keys).size).toBe(9);
  const corners = averagedViews('crops').map(({ view }) => [view.crop.left, view.crop.top]);
  expect(corners).toEqual([
    [0, 0],
    [0.125, 0],
    [0, 0.125],
    [0.125, 0.125],
  ]);
});

it('has each corner and the whole photo as they are and mirrored among ten views', () => {
  const views = [PLAIN_VIEW, ...averagedViews('mirror-and-crops').map(({ view }) => view)];
  for (const view of views) {
    const mirrored = { ...view, isFlippedAcross: !view.isFlippedAcross };
    expect(views).toContainEqual(mirrored);
  }
});

it('shares the views of fewer with more, so that they are computed once', () => {
  const keysOf = (averaging: (typeof AVERAGINGS)[number]) =>
    averagedViews(averaging).map(({ key }) => key);
  expect(keysOf('mirror-and-crops')).toEqual(
    expect.arrayContaining([...keysOf('mirror'), ...keysOf('crops')]),
  );
});

it('offers no mirror images where flips are said to change the class', () => {
  expect(offeredAveragings(undefined)).toEqual(AVERAGINGS);
  expect(offeredAveragings(DEFAULT_AUGMENTATION)).toEqual(AVERAGINGS);
  for (const averaging of offeredAveragings(unflipped)) {
    expect(averagedViews(averaging).some(({ view }) => view.isFlippedAcross)).toBe(false);
  }
});

it('is off unless chosen, and leaves out mirror images that are no longer offered', () => {
  expect(averagingOf({})).toBe('none');
  expect(averagingOf({ averaging: 'mirror' })).toBe('mirror');
  const chosen = AVERAGINGS.map((averaging) => averagingOf({ averaging, augmentation: unflipped }));
  expect(chosen).toEqual(['none', 'none', 'crops', 'crops']);
});

it('takes the mean of probabilities, class by class', () => {
  expect(meanProbabilities([Float32Array.of(0.25, 0.75)])).toEqual([0.25, 0.75]);
  const mean = meanProbabilities([Float32Array.of(1, 0), Float32Array.of(0.5, 0.5), [0, 1]]);
  expect(mean).toEqual([0.5, 0.5]);
});
