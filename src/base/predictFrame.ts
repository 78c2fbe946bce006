import type { BaseMethods } from '../bridge/protocol.ts';
import { framePixels } from '../engine/decodePixels.ts';
import { writeInput } from '../engine/preprocess.ts';
import type { Services } from './services.ts';

type PredictFrame = BaseMethods['predictFrame'];

/** Classifies one frame, through the same preprocessing and network as photos, and closes it. */
export async function predictFrame(
  { loadHead, ladder }: Services,
  { headId, backend, frame }: PredictFrame['params'],
): Promise<PredictFrame['result']> {
  const startedAt = performance.now();
  try {
    const { loaded, runnable, preprocessing } = await loadHead(headId);
    const pixels = framePixels(frame, preprocessing);
    const input = new Float32Array(pixels.length);
    writeInput(pixels, preprocessing, input, 0);
    const output = await ladder.run(loaded, backend, runnable, input, 1);
    return { probabilities: [...output], durationMs: performance.now() - startedAt };
  } finally {
    frame.close();
  }
}
