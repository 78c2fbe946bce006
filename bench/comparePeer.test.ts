import { describe, expect, it } from 'vitest';
import { comparePeer } from './comparePeer.ts';

const graft = { photosPerSecond: 100, trainSeconds: 2, testAccuracy: 0.85 };
const peer = {
  photosPerSecond: 4,
  trainSeconds: 20,
  testAccuracy: 0.8,
  adapter: 'ANGLE (SwiftShader driver)',
};

describe('comparePeer', () => {
  it('divides by the peer and says when the peer had no GPU', () => {
    expect(comparePeer([{ graft, peer }])).toEqual({
      rounds: 1,
      photosPerSecondRatio: 25,
      trainSecondsRatio: 0.1,
      testAccuracy: { graft: 0.85, peer: 0.8 },
      testAccuracyDifference: 0.05,
      standardError: null,
      machine: 'machine without a GPU',
    });
  });

  it('takes means over rounds and says how sure the mean difference is', () => {
    const worse = { ...graft, testAccuracy: 0.79 };
    const comparison = comparePeer([
      { graft, peer },
      { graft: worse, peer },
    ]);
    expect(comparison.testAccuracy).toEqual({ graft: 0.82, peer: 0.8 });
    expect(comparison.testAccuracyDifference).toBe(0.02);
    // Differences 0.05 and -0.01: deviation 0.0424, over the root of two.
    expect(comparison.standardError).toBe(0.03);
  });

  it('compares no accuracy where none was measured', () => {
    const untested = { ...peer, testAccuracy: null, adapter: 'NVIDIA H200' };
    const comparison = comparePeer([{ graft, peer: untested }]);
    expect(comparison.testAccuracyDifference).toBeNull();
    expect(comparison.machine).toBe('machine with a GPU');
  });
});
