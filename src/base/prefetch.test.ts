import { describe, expect, it } from 'vitest';
import { prefetch } from './prefetch.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('prefetch', () => {
  it('keeps the order, whatever finishes first', async () => {
    const results: number[] = [];
    for await (const value of prefetch(
      [30, 1, 15, 2],
      () => 3,
      async (ms) => (await wait(ms), ms),
    )) {
      results.push(value);
    }
    expect(results).toEqual([30, 1, 15, 2]);
  });

  it('never has more items begun and not taken than allowed', async () => {
    let open = 0;
    let most = 0;
    const work = async (item: number) => {
      most = Math.max(most, ++open);
      await wait(1);
      return item;
    };
    const taken: number[] = [];
    for await (const item of prefetch([...Array(20).keys()], () => 4, work)) {
      open--;
      taken.push(item);
    }
    expect(taken).toHaveLength(20);
    expect(most).toBe(4);
  });

  it('begins no more once the consumer stops, and leaves no rejection unhandled', async () => {
    const begun: number[] = [];
    const work = (item: number) => {
      begun.push(item);
      return item === 0 ? Promise.resolve(item) : Promise.reject(new Error('late'));
    };
    const results = prefetch([0, 1, 2, 3, 4, 5], () => 2, work);
    expect((await results.next()).value).toBe(0);
    await results.return();
    await wait(1);
    expect(begun).toEqual([0, 1]);
  });
});
