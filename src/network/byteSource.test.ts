import { describe, expect, it } from 'vitest';
import { bytesInMemory, joinedSource } from './byteSource.ts';

const parts = [[1, 2, 3], [4], [5, 6]].map((bytes, i) =>
  bytesInMemory(`part${String(i)}`, Uint8Array.from(bytes)),
);

describe('joinedSource', () => {
  const source = joinedSource('all', parts);

  it('has the size of its parts together', () => {
    expect(source.size).toBe(6);
  });

  it.each([
    [0, 6, [1, 2, 3, 4, 5, 6]],
    [1, 3, [2, 3]],
    [2, 5, [3, 4, 5]],
    [4, 6, [5, 6]],
    [3, 3, []],
  ])('reads from %d to %d', (start, end, expected) => {
    expect([...source.read(start, end)]).toEqual(expected);
  });

  it('copies nothing where a range lies in one part', () => {
    const [first] = parts;
    expect(source.read(0, 2).buffer).toBe(first?.read(0, 1).buffer);
  });
});
