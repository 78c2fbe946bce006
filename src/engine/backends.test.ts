import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startBackend } from './backends.ts';

describe('startBackend', () => {
  it('says when a backend does not start, and lets another start afterwards', async () => {
    // Node has no WebGPU; TF.js names it as the active backend all the same.
    await expect(startBackend('webgpu')).rejects.toMatchObject({ code: 'backend-unavailable' });
    await expect(startBackend('webgpu')).rejects.toMatchObject({ code: 'backend-unavailable' });
    await startBackend('cpu');
    expect(tf.getBackend()).toBe('cpu');
    expect(await tf.square(3).data()).toEqual(Float32Array.of(9));
  });

  it('goes back to a backend that ran before another failed', async () => {
    await startBackend('cpu');
    await expect(startBackend('webgpu')).rejects.toMatchObject({ code: 'backend-unavailable' });
    await startBackend('cpu');
    expect(await tf.square(2).data()).toEqual(Float32Array.of(4));
  });
});
