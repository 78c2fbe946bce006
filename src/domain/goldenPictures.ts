import { createRandom, type Random } from './random.ts';

/** As many as photos of the user's own. */
export const NUM_GOLDEN_PICTURES = 8;

/** Which of two or three colours is at a place; both coordinates go from 0 to 1. */
type Pattern = (x: number, y: number) => number;

/**
 * Drawings that stand in for photos: 8-bit RGB, [height, width, 3], the same for the same number. Flat
 * colours, which pack well, in stripes, discs, rings and blocks that no turning or mirroring and no swap
 * of channels leaves as they are.
 */
export function drawGoldenPicture(
  index: number,
  height: number,
  width: number,
): Uint8ClampedArray<ArrayBuffer> {
  const random = createRandom(1000 + index);
  const pattern = (PATTERNS[index % PATTERNS.length] ?? stripes)(random);
  const colours = Array.from({ length: NUM_COLOURS }, () => colour(random));
  const pixels = new Uint8ClampedArray(height * width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const chosen = colours[pattern((x + 0.5) / width, (y + 0.5) / height)] ?? [0, 0, 0];
      pixels.set(chosen, (y * width + x) * 3);
    }
  }
  return pixels;
}

const NUM_COLOURS = 3;

function colour(random: Random): readonly number[] {
  return [0, 1, 2].map(() => Math.floor(random.next() * 256));
}

const PATTERNS: readonly ((random: Random) => Pattern)[] = [stripes, discs, rings, blocks];

function stripes(random: Random): Pattern {
  const angle = random.next() * Math.PI;
  const perWidth = 3 + random.next() * 9;
  return (x, y) => {
    const along = (x * Math.cos(angle) + y * Math.sin(angle) + 2) * perWidth;
    return Math.floor(along) % NUM_COLOURS;
  };
}

function discs(random: Random): Pattern {
  const all = Array.from({ length: 9 }, (_, i) => {
    const [x, y] = [random.next(), random.next()];
    return { x, y, radius: 0.06 + random.next() * 0.16, colour: 1 + (i % 2) };
  });
  return (x, y) => {
    const found = all.find((disc) => Math.hypot(x - disc.x, y - disc.y) < disc.radius);
    return found?.colour ?? 0;
  };
}

function rings(random: Random): Pattern {
  const [centreX, centreY] = [random.next() * 0.7, random.next() * 0.7];
  const perWidth = 4 + random.next() * 8;
  return (x, y) => Math.floor(Math.hypot(x - centreX, y - centreY) * perWidth) % NUM_COLOURS;
}

function blocks(random: Random): Pattern {
  const perSide = 3 + Math.floor(random.next() * 4);
  const of = Array.from({ length: perSide * perSide }, () => random.next() * NUM_COLOURS);
  return (x, y) => Math.floor(of[Math.floor(y * perSide) * perSide + Math.floor(x * perSide)] ?? 0);
}
