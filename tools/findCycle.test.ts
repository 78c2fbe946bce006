import { describe, expect, it } from 'vitest';
import { findCycle } from './findCycle.ts';

describe('findCycle', () => {
  it('lets a file be imported by several others', () => {
    const graph = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ]);
    expect(findCycle(graph)).toBeNull();
  });

  it('names the files of a cycle, and only those', () => {
    const graph = new Map([
      ['entry', ['a']],
      ['a', ['b']],
      ['b', ['a']],
    ]);
    expect(findCycle(graph)).toEqual(['a', 'b', 'a']);
  });

  it('finds a file that imports itself', () => {
    expect(findCycle(new Map([['a', ['a']]]))).toEqual(['a', 'a']);
  });
});
