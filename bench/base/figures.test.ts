import { describe, expect, it } from 'vitest';
import { summariseDecode, summariseEngines, summariseFiles, summarisePool } from './figures.ts';

const speed = (engine: 'plan' | 'onnx', rounds: Record<number, number[]>) => ({
  engine,
  firstResultMs: 50.4,
  rounds,
  distanceToPlan: 0,
});

describe('summariseEngines', () => {
  it('compares within rounds, each engine at its better batch size', () => {
    const plan = speed('plan', { 1: [100, 10, 100], 8: [200, 20, 200] });
    const onnx = speed('onnx', { 1: [100, 10, 100], 8: [50, 5, 50] });
    const [, summary] = summariseEngines([plan, onnx]);
    expect(summary).toMatchObject({ planFactor: 2, photosPerSecond: { 1: 100, 8: 50 } });
  });

  it('keeps what did not run, and compares nothing where the plan did not', () => {
    const failed = { engine: 'plan', failure: 'lost' } as const;
    expect(summariseEngines([failed, speed('onnx', { 1: [1] })])).toEqual([failed]);
    const plan = speed('plan', { 1: [1] });
    expect(summariseEngines([plan, { engine: 'litert', failure: 'none' }])[1]).toMatchObject({
      failure: 'none',
    });
  });
});

describe('the figures around the network', () => {
  const app = {
    pool: [
      { one: 100, two: 190, machineFactor: 1.9 },
      { one: 50, two: 100, machineFactor: 2 },
      { one: 100, two: 200, machineFactor: 2 },
    ],
    filesToActivations: [95, 60, 90],
    frameMs: [],
  };

  it('takes the median of the ratios', () => {
    expect(summarisePool(app).factor).toBe(2);
    expect(summariseFiles(app).shareOfNetwork).toBe(0.5);
  });

  it('gives the worst agreement of two ways of decoding beside the usual one', () => {
    const photo = { megapixels: 12, plainMs: 200, reducedMs: 20 };
    const summary = summariseDecode({
      comparisons: [
        { ...photo, cosine: 0.9999, isSameClass: true },
        { ...photo, cosine: 0.9991, isSameClass: false },
      ],
      rates: [],
    });
    expect(summary).toMatchObject({ factor: 10, lowestCosine: 0.9991, sameClassShare: 0.5 });
  });
});
