import type { BaseMethods } from '../bridge/protocol.ts';
import { applyLiveHead } from '../domain/liveHead.ts';
import { numInputChannels } from '../domain/preprocessing.ts';
import { framePixels } from '../engine/decodePixels.ts';
import { writeInput } from '../engine/preprocess.ts';
import { baseRunnable } from './baseRunnable.ts';
import type { Services } from './services.ts';

type PredictLive = BaseMethods['predictLiveFrame'];

/** Classifies one frame by a head that changes too often to be made part of a network, and closes it. */
export async function predictLiveFrame(
  { loadBase, ladder }: Pick<Services, 'loadBase' | 'ladder'>,
  { live, backend, frame }: PredictLive['params'],
): Promise<PredictLive['result']> {
  const startedAt = performance.now();
  try {
    const { baseId, cut, preprocessing } = live.classifier;
    const loaded = await loadBase(baseId);
    const pixels = framePixels(frame, preprocessing);
    const input = new Float32Array((pixels.length / 3) * numInputChannels(preprocessing));
    writeInput(pixels, preprocessing, input, 0);
    const activation = await ladder.run(loaded, backend, baseRunnable(loaded, cut), input, 1);
    const probabilities = applyLiveHead(live, activation);
    return { probabilities, durationMs: performance.now() - startedAt };
  } finally {
    frame.close();
  }
}
