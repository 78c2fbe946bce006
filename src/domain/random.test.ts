import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

function draws(seed: number, count: number): number[] {
  const { next } = createRandom(seed);
  return Array.from({ length: count }, next);
}

describe('createRandom', () => {
  it('repeats itself for the same seed and differs for others', () => {
    expect(draws(7, 20)).toEqual(draws(7, 20));
    expect(draws(7, 20)).not.toEqual(draws(8, 20));
    expect(draws(7, 20)).not.toEqual(draws(7 + 2 ** 32, 20));
  });

  it('keeps its sequence from one version to the next, since runs are replayed from their seed', () => {
    expect(draws(1, 3)).toMatchInlineSnapshot(`
      [
        0.41439975961111486,
        0.4718119385652244,
        0.3868573661893606,
      ]
    `);
  });

  it('is spread evenly over [0, 1)', () => {
    const values = draws(3, 20_000);
    const buckets = Array.from({ length: 10 }, () => 0);
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
      const bucket = Math.floor(value * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    // 2,000 expected in each; 200 is more than four standard deviations.
    for (const count of buckets) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('shuffles into every order equally often and leaves its input alone', () => {
    const { shuffled } = createRandom(5);
    const input = [1, 2, 3];
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const order = shuffled(input).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(input).toEqual([1, 2, 3]);
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
