import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Layer } from '../../network/network.ts';
import { TEST_BACKENDS, useTestBackend } from '../backendFixture.ts';
import { createTrainable } from './trainable.ts';

const NUM_VALUES = 4000;

function shareDropped(rate: number | undefined): number {
  const layers: Layer[] = [
    { kind: 'input', shape: [NUM_VALUES], name: 'in', inputs: [], tensors: {} },
    {
      kind: 'dropout',
      ...(rate === undefined ? {} : { rate }),
      name: 'dropout',
      inputs: [0],
      tensors: {},
    },
  ];
  const options = { inputShape: [NUM_VALUES], batchNorm: 'frozen', dropoutRate: 0.5 } as const;
  const trainable = createTrainable({ layers }, { positions: [0] }, options);
  const values = tf.tidy(() => trainable.train(tf.ones([1, NUM_VALUES]), 7).dataSync());
  trainable.dispose();
  const kept = values.filter((value) => value !== 0);
  // What stays makes up for what goes.
  expect(kept[0]).toBeCloseTo(1 / (1 - (rate ?? 0.5)), 5);
  return 1 - kept.length / values.length;
}

describe.each(TEST_BACKENDS)('a training pass on %s leaves out', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it('the share that the layer says, and where it says none, that of the options', () => {
    expect(shareDropped(0.25)).toBeCloseTo(0.25, 1);
    expect(shareDropped(0)).toBe(0);
    expect(shareDropped(undefined)).toBeCloseTo(0.5, 1);
  });
});
