import type { Prediction } from '../../domain/prediction.ts';
import { grabFrame } from './frame.ts';
import { smooth } from './smoothing.ts';

/** What the bars show. */
export interface LivePrediction {
  /** [numClasses], smoothed. */
  readonly probabilities: readonly number[];
  /** Time in the worker for one frame, smoothed. */
  readonly durationMs: number;
}

interface FrameLoopOptions {
  readonly video: HTMLVideoElement;
  readonly predict: (frame: ImageBitmap) => Promise<Prediction>;
  readonly onPrediction: (live: LivePrediction) => void;
  readonly signal: AbortSignal;
}

/** Classifies frame after frame, never more than one at a time, until the signal is aborted. */
export async function runFrameLoop(options: FrameLoopOptions): Promise<void> {
  const { video, predict, onPrediction, signal } = options;
  let live: LivePrediction | null = null;
  let answeredAt = performance.now();
  // Asked anew after each wait, during which it may have become true.
  const isOver = () => signal.aborted;
  for (;;) {
    await nextFrame(video);
    if (isOver()) return;
    const prediction = await predict(grabFrame(video));
    if (isOver()) return;
    const now = performance.now();
    live = smoothed(live, prediction, now - answeredAt);
    answeredAt = now;
    onPrediction(live);
  }
}

function smoothed(
  live: LivePrediction | null,
  { probabilities, durationMs }: Prediction,
  elapsedMs: number,
): LivePrediction {
  const [duration = durationMs] = smooth(live && [live.durationMs], [durationMs], elapsedMs);
  return {
    probabilities: smooth(live?.probabilities ?? null, probabilities, elapsedMs),
    durationMs: duration,
  };
}

/** Waits for a new picture; never resolves once the video has stopped for good. */
function nextFrame(video: HTMLVideoElement): Promise<unknown> {
  return new Promise((resolve) => video.requestVideoFrameCallback(resolve));
}
