import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { lazyTensor } from '../network/lazyTensor.ts';
import type { WeightTensor } from '../network/network.ts';
import { TEST_BACKENDS, useTestBackend } from './backendFixture.ts';
import { upload } from './boundStep.ts';

/** Node before version 21 cannot give a buffer back; elsewhere this is what browsers have. */
function withTransfer(values: Float32Array, taken: ArrayBufferLike[]): Float32Array {
  const transfer = () => taken.push(values.buffer);
  Object.defineProperty(values.buffer, 'transfer', { value: transfer });
  return values;
}

describe.each(TEST_BACKENDS)('uploading on %s', (backend) => {
  it.each([
    { title: 'values of its own', isFresh: true, isFreed: backend === 'wasm' },
    { title: 'values that others may have', isFresh: false, isFreed: false },
  ])('gives back memory where nobody needs it: $title', async ({ isFresh, isFreed }) => {
    await useTestBackend(backend);
    const taken: ArrayBufferLike[] = [];
    const make = () => withTransfer(Float32Array.of(1, 2, 3), taken);
    const uploaded = upload(lazyTensor([3], make, isFresh));
    expect(taken).toHaveLength(isFreed ? 1 : 0);
    expect([...uploaded.dataSync()]).toEqual([1, 2, 3]);
    tf.dispose(uploaded);
  });

  it('takes what a file gives run by run to where it stays', async () => {
    await useTestBackend(backend);
    let numWhole = 0;
    const tensor: WeightTensor = {
      shape: [2, 2],
      eachRun: (take) => {
        take(Float32Array.of(1, 2, 3), 0);
        take(Float32Array.of(4), 3);
      },
      get values() {
        numWhole++;
        return Float32Array.of(1, 2, 3, 4);
      },
    };
    const uploaded = upload(tensor);
    expect(uploaded.shape).toEqual([2, 2]);
    expect([...uploaded.dataSync()]).toEqual([1, 2, 3, 4]);
    expect(numWhole).toBe(backend === 'wasm' ? 0 : 1);
    tf.dispose(uploaded);
  });
});
