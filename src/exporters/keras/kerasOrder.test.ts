import { expect, test } from 'vitest';
import { branchesNetwork } from './branchesFixture.ts';
import { kerasOrder } from './kerasOrder.ts';

test('lists layers as Keras 3.15.1 does', () => {
  const { layers } = branchesNetwork();
  expect(kerasOrder(layers).map((position) => layers[position]?.name)).toEqual([
    'image',
    'first',
    'long_1',
    'short',
    'long_2',
    'sum',
    'aside',
    'after',
    'product',
  ]);
});
