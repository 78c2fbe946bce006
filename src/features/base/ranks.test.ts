import { expect, it } from 'vitest';
import { ranks } from './ranks.ts';

it('counts from the largest, equals alike', () => {
  expect(ranks([-2, 0.5, -2, -1])).toEqual([3, 1, 3, 2]);
});

it('leaves out what is not known, and what has nothing beside it', () => {
  expect(ranks([undefined, -1, -0.5])).toEqual([null, 2, 1]);
  expect(ranks([undefined, -1])).toEqual([null, null]);
});
