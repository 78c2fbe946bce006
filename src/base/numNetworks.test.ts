import { describe, expect, it } from 'vitest';
import { numNetworks, numPhotoWorkers } from './numNetworks.ts';

const MIB = 2 ** 20;

describe('numNetworks', () => {
  it('gives every worker a small network', () => {
    expect(numNetworks(2 * MIB, 2, 8)).toBe(2);
    expect(numNetworks(14 * MIB, 8, 8)).toBe(8);
  });

  it('gives copies to fewer workers where memory is short', () => {
    expect(numNetworks(59 * MIB, 8, 2)).toBe(0);
    expect(numNetworks(59 * MIB, 8, 4)).toBe(3);
    expect(numNetworks(59 * MIB, 8, 8)).toBe(8);
  });

  it('leaves a large network to the base worker alone', () => {
    expect(numNetworks(553 * MIB, 8, 8)).toBe(0);
  });

  it('assumes little where the browser says nothing', () => {
    expect(numNetworks(14 * MIB, 2, undefined)).toBe(2);
    expect(numNetworks(200 * MIB, 2, undefined)).toBe(0);
  });

  it('has nothing to share out with one core', () => {
    expect(numNetworks(2 * MIB, numPhotoWorkers(1), 8)).toBe(0);
  });
});
