import type { Sha256 } from './ids.ts';
import type { RunSample } from './trainingRun.ts';

/** Enough to show a wrong layer, a swapped channel or a swapped class; few enough to cost nothing. */
const NUM_GOLDEN_PHOTOS = 8;

/**
 * Photos on which an exported file must repeat the app's answers: one class after the other, held-out
 * photos before those that were trained on, in the run's order.
 */
export function chooseGoldenPhotos(samples: readonly RunSample[]): Sha256[] {
  const heldOutFirst = [
    ...samples.filter(({ part }) => part !== 'train'),
    ...samples.filter(({ part }) => part === 'train'),
  ];
  return spreadOverClasses(heldOutFirst, NUM_GOLDEN_PHOTOS).map(({ imageHash }) => imageHash);
}

/** At most `count` samples of different photos, one class after the other, in their order within it. */
export function spreadOverClasses(samples: readonly RunSample[], count: number): RunSample[] {
  const numClasses = samples.reduce((most, { classIndex }) => Math.max(most, classIndex + 1), 0);
  const classes = Array.from({ length: numClasses }, (_, index) =>
    samples.filter(({ classIndex }) => classIndex === index),
  );
  const chosen = new Map<Sha256, RunSample>();
  for (let round = 0; classes.some(({ length }) => length > round); round++) {
    for (const ofClass of classes) {
      const sample = ofClass[round];
      if (sample === undefined || chosen.size >= count || chosen.has(sample.imageHash)) continue;
      chosen.set(sample.imageHash, sample);
    }
  }
  return [...chosen.values()];
}
