import { beforeEach, expect, test, vi } from 'vitest';
import type { Prediction } from '../../domain/prediction.ts';
import { runFrameLoop, type LivePrediction } from './frameLoop.ts';

const frames: (() => void)[] = [];
const video = {
  requestVideoFrameCallback: (callback: () => void) => frames.push(callback),
} as unknown as HTMLVideoElement;
const showFrame = async () => {
  frames.shift()?.();
  await new Promise((resolve) => setTimeout(resolve));
};

// A canvas, which Node does not have.
vi.mock('../../ui/camera/frame.ts', () => ({ grabFrame: () => ({}) }));

beforeEach(() => {
  frames.length = 0;
});

test('waits for an answer before it takes the next frame, and stops when told', async () => {
  const controller = new AbortController();
  const answers: ((prediction: Prediction) => void)[] = [];
  const shown: LivePrediction[] = [];
  const loop = runFrameLoop({
    video,
    predict: () => new Promise((resolve) => answers.push(resolve)),
    onPrediction: (live) => shown.push(live),
    signal: controller.signal,
  });

  await showFrame();
  await showFrame();
  expect(answers).toHaveLength(1);
  answers[0]?.({ probabilities: [1, 0], durationMs: 8 });
  await showFrame();
  expect(shown).toEqual([{ probabilities: [1, 0], durationMs: 8 }]);

  await showFrame();
  expect(answers).toHaveLength(2);
  controller.abort();
  answers[1]?.({ probabilities: [0, 1], durationMs: 8 });
  await loop;
  expect(shown).toHaveLength(1);
});

test('ends with the failure of a prediction', async () => {
  const loop = runFrameLoop({
    video,
    predict: () => Promise.reject(new Error('gone')),
    onPrediction: vi.fn(),
    signal: new AbortController().signal,
  });
  const ended = expect(loop).rejects.toThrow('gone');
  await showFrame();
  await ended;
});
