import { describe, expect, test } from 'vitest';
import { channelStrengths, networkBlocks } from './networkBlocks.ts';

const layers = [[64, 64, 3], [32, 32, 8], [33, 33, 8], [16, 16, 16], [128], [5]].map(
  (outputShape) => ({ outputShape }),
);

describe('networkBlocks', () => {
  test('puts layers of one size together and takes padding for no new size', () => {
    expect(networkBlocks(layers).map(({ from, to, side }) => [from, to, side])).toEqual([
      [0, 0, 64],
      [1, 2, 32],
      [3, 3, 16],
      [4, 5, null],
    ]);
  });

  test('gives a quarter of the side half of the height', () => {
    const [first, , third] = networkBlocks(layers);
    expect(first?.height).toBe(1);
    expect(third?.height).toBe(0.5);
  });
});

test('channelStrengths counts doublings of the channels', () => {
  const strengths = channelStrengths([{ outputShape: [4, 4, 1] }, ...layers.slice(3, 5)]);
  expect(strengths).toEqual([0, 4 / 7, 1]);
});
