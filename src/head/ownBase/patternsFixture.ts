import { createRandom } from '../../domain/random.ts';
import type { LabelledActivations } from '../trainingSet.ts';

export const PATTERN_SIDE = 20;

/** Which pixels are bright, in pictures of one kind; `phase` moves the pattern. */
const PATTERNS: readonly ((x: number, y: number, phase: number) => boolean)[] = [
  (x, _y, phase) => (x + phase) % 6 < 3,
  (_x, y, phase) => (y + phase) % 6 < 3,
  (x, y, phase) => (x + phase) % 6 < 3 && (y + phase) % 6 < 3,
  (x, y, phase) => (x + y + phase) % 6 < 3,
];

/**
 * Grey pictures of the kinds in turn, [numPictures, 20 · 20]: bright on dark of random shades, with noise,
 * so that no single pixel tells the kind.
 */
export function drawPatterns(
  numPictures: number,
  kinds: readonly number[],
  seed: number,
): LabelledActivations {
  const random = createRandom(seed);
  const size = PATTERN_SIDE ** 2;
  const activations = new Float32Array(numPictures * size);
  const classIndices = Int32Array.from({ length: numPictures }, (_, i) => i % kinds.length);
  for (const [picture, classIndex] of classIndices.entries()) {
    const isBright = PATTERNS[kinds[classIndex] ?? 0];
    const phase = Math.floor(random.next() * 6);
    const [dark, bright] = [0.4 * random.next(), 0.6 + 0.4 * random.next()];
    for (let i = 0; i < size; i++) {
      const shade = isBright?.(i % PATTERN_SIDE, Math.floor(i / PATTERN_SIDE), phase)
        ? bright
        : dark;
      activations[picture * size + i] = shade + 0.2 * (random.next() - 0.5);
    }
  }
  return { activations, classIndices };
}
