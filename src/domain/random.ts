/** Seeded random numbers: the same seed gives the same sequence on every machine. Not for secrets. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** A shuffled copy (Fisher–Yates). */
  readonly shuffled: <Item>(items: ArrayLike<Item>) => Item[];
}

/** Draws thrown away at the start, after which small seeds no longer resemble each other. */
const WARM_UP_DRAWS = 15;

/** Generator sfc32 ("small fast counting") of Chris Doty-Humphrey's PractRand; period about 2^128. */
export function createRandom(seed: number): Random {
  let a = 0;
  let b = seed | 0;
  let c = Math.trunc(seed / 0x1_0000_0000) | 0;
  let counter = 1;

  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  for (let draw = 0; draw < WARM_UP_DRAWS; draw++) next();

  const shuffled = <Item>(items: ArrayLike<Item>): Item[] => {
    const copy = Array.from(items);
    for (let last = copy.length - 1; last > 0; last--) {
      const pick = Math.floor(next() * (last + 1));
      const item = copy[last] as Item;
      copy[last] = copy[pick] as Item;
      copy[pick] = item;
    }
    return copy;
  };

  return { next, shuffled };
}
