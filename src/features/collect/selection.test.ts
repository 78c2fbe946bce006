import { describe, expect, test } from 'vitest';
import {
  afterRemoval,
  choose,
  chooseAll,
  extendTo,
  movedIndex,
  NOTHING_CHOSEN,
  toggle,
  withoutMissing,
  type Selection,
} from './selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const chosen = (selection: Selection<string>) => [...selection.chosen].sort().join('');

describe('choosing photos', () => {
  test('a click chooses one, Ctrl adds and takes away', () => {
    const one = choose('b');
    const two = toggle(one, 'd');
    expect(chosen(two)).toBe('bd');
    expect(chosen(toggle(two, 'b'))).toBe('d');
  });

  test('Shift chooses the range from the last plain choice, in both directions', () => {
    const start = choose('c');
    const forward = extendTo(order, start, 'e');
    expect(chosen(forward)).toBe('cde');
    expect(chosen(extendTo(order, forward, 'a'))).toBe('abc');
  });

  test('Shift without an anchor, or with one that is gone, chooses that photo', () => {
    expect(chosen(extendTo(order, NOTHING_CHOSEN, 'd'))).toBe('d');
    expect(chosen(extendTo(order, choose('gone'), 'd'))).toBe('d');
  });

  test('everything can be chosen without moving the cursor', () => {
    const all = chooseAll(order, choose('b'));
    expect(chosen(all)).toBe('abcde');
    expect(all.cursor).toBe('b');
  });

  test('photos that are gone are forgotten, and nothing changes where none is', () => {
    const selection = extendTo(order, choose('b'), 'd');
    expect(withoutMissing(order, selection)).toBe(selection);
    const left = withoutMissing(['a', 'c', 'e'], selection);
    expect(chosen(left)).toBe('c');
    expect(left).toMatchObject({ anchor: null, cursor: null });
  });
});

test('after a removal the cursor is on the next photo that stays', () => {
  const middle = extendTo(order, choose('b'), 'c');
  expect(afterRemoval(order, middle)).toEqual({ chosen: new Set(), anchor: null, cursor: 'd' });
  const end = extendTo(order, choose('d'), 'e');
  expect(afterRemoval(order, end).cursor).toBe('c');
  expect(afterRemoval(order, chooseAll(order, choose('b'))).cursor).toBeNull();
});

describe('moving in the grid', () => {
  test('goes by one and by a row, and stays inside', () => {
    expect(movedIndex('ArrowRight', 3, 10, 4)).toBe(4);
    expect(movedIndex('ArrowLeft', 0, 10, 4)).toBe(0);
    expect(movedIndex('ArrowDown', 3, 10, 4)).toBe(7);
    expect(movedIndex('ArrowDown', 7, 10, 4)).toBe(7);
    expect(movedIndex('ArrowUp', 2, 10, 4)).toBe(2);
    expect(movedIndex('End', 2, 10, 4)).toBe(9);
    expect(movedIndex('Home', 2, 10, 4)).toBe(0);
  });

  test('knows which keys are its own', () => {
    expect(movedIndex('a', 2, 10, 4)).toBeNull();
    expect(movedIndex('ArrowRight', 0, 0, 4)).toBeNull();
  });
});
