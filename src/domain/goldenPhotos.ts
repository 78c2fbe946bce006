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
  const numClasses = samples.reduce((most, { classIndex }) => Math.max(most, classIndex + 1), 0);
  const classes = Array.from({ length: numClasses }, (_, index) =>
    heldOutFirst.filter(({ classIndex }) => classIndex === index),
  );
  const chosen = new Set<Sha256>();
  for (let round = 0; classes.some(({ length }) => length > round); round++) {
    for (const photos of classes) {
      const photo = photos[round];
      if (photo !== undefined && chosen.size < NUM_GOLDEN_PHOTOS) chosen.add(photo.imageHash);
    }
  }
  return [...chosen];
}
