import { expect, it } from 'vitest';
import { spriteGrid } from './spriteGrid.ts';

it.each([1, 2, 3, 8, 4096, 4097, 10_000, 100_000, 1_000_000])(
  'has room for %d photos within what the projector takes',
  (numPhotos) => {
    const { columns, rows, tileSide } = spriteGrid(numPhotos);
    expect(columns * rows).toBeGreaterThanOrEqual(numPhotos);
    expect((rows - 1) * columns).toBeLessThan(numPhotos);
    expect(Math.max(columns, rows) * tileSide).toBeLessThanOrEqual(4096);
    expect(tileSide).toBeGreaterThanOrEqual(1);
  },
);

it('makes thumbnails smaller rather than leaving some out', () => {
  expect(spriteGrid(4096).tileSide).toBe(64);
  expect(spriteGrid(10_000).tileSide).toBe(40);
});
