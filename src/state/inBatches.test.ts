import { expect, it } from 'vitest';
import { inBatches } from './inBatches.ts';

async function collect(size: number, items: readonly number[]): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const batch of inBatches(items, size)) batches.push(batch);
  return batches;
}

it('groups a stream and keeps its order and its rest', async () => {
  expect(await collect(2, [1, 2, 3, 4, 5])).toEqual([[1, 2], [3, 4], [5]]);
});

it('gives no empty batch', async () => {
  expect(await collect(2, [1, 2])).toEqual([[1, 2]]);
  expect(await collect(2, [])).toEqual([]);
});
