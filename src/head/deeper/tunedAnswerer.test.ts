import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, expect, it, vi } from 'vitest';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { BASE, CONFIG, CUT, INPUT_SHAPE, solved } from './deeperFixture.ts';
import { createTunedAnswerer } from './tunedAnswerer.ts';

beforeEach(async () => {
  await useTestBackend('wasm');
  vi.stubGlobal('navigator', { deviceMemory: 4 });
});

it.each(['frozen', 'trained'] as const)(
  'answers as the training did that made the head, batch norms %s, and frees what it took',
  async (batchNorm) => {
    const config = { ...CONFIG, batchNorm };
    const solution = await solved(config);
    const told = await solution.answer?.(solution.train);
    const numTensors = tf.memory().numTensors;
    const base = { network: BASE, cut: CUT, inputShape: INPUT_SHAPE };
    const { weights, tuned } = solution;
    const answerer = createTunedAnswerer(base, config, { weights, ...(tuned && { tuned }) });
    const answers = await answerer.answer(solution.train);
    expect(relativeDistance(answers, told ?? answers.map(() => NaN))).toBeLessThan(1e-5);
    // Without the tuned tensors it would be another network.
    const untuned = createTunedAnswerer(base, config, { weights });
    const others = await untuned.answer(solution.train);
    expect(relativeDistance(others, answers)).toBeGreaterThan(1e-3);
    answerer.dispose();
    untuned.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  },
);
