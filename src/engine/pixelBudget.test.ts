import { describe, expect, it } from 'vitest';
import { PixelBudget } from './pixelBudget.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('PixelBudget', () => {
  it('lets work overlap within the limit, and something larger run alone', async () => {
    const budget = new PixelBudget(10);
    let open = 0;
    const sums: number[] = [];
    const work = (pixels: number) =>
      budget.run(pixels, async () => {
        open += pixels;
        sums.push(open);
        await wait(1);
        open -= pixels;
        return pixels;
      });
    const sizes = [4, 4, 4, 25, 2, 8, 1];
    expect(await Promise.all(sizes.map(work))).toEqual(sizes);
    expect(sums.slice(0, 2)).toEqual([4, 8]);
    expect(sums.filter((sum) => sum > 10)).toEqual([25]);
  });

  it('gives the pixels back when work fails', async () => {
    const budget = new PixelBudget(10);
    await expect(budget.run(10, () => Promise.reject(new Error('damaged')))).rejects.toThrow(
      'damaged',
    );
    expect(await budget.run(10, () => Promise.resolve('next'))).toBe('next');
  });
});
