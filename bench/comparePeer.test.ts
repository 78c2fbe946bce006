import { describe, expect, it } from 'vitest';
import { comparePeer } from './comparePeer.ts';

const graft = { photosPerSecond: 100, trainSeconds: 2, testAccuracy: 0.85 };
const peer = { photosPerSecond: 4, trainSeconds: 20, testAccuracy: 0.8 };

describe('comparePeer', () => {
  it('divides by the peer and says when the peer had no GPU', () => {
    expect(comparePeer(graft, { ...peer, adapter: 'ANGLE (SwiftShader driver)' })).toEqual({
      photosPerSecond: 25,
      trainSeconds: 0.1,
      testAccuracyDifference: 0.05,
      machine: 'machine without a GPU',
    });
  });

  it('compares no accuracy where none was measured', () => {
    const ratios = comparePeer(graft, { ...peer, testAccuracy: null, adapter: 'NVIDIA H200' });
    expect(ratios.testAccuracyDifference).toBeNull();
    expect(ratios.machine).toBe('machine with a GPU');
  });
});
