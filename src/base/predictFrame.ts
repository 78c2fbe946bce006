import type { PredictMethods } from '../bridge/predictMethods.ts';
import { averagedViews, meanProbabilities, type Averaging } from '../domain/averaging.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { preprocessPixels } from '../engine/preprocess.ts';
import { readPixels } from '../engine/readPixels.ts';
import type { PreparedPhoto } from './photoProtocol.ts';
import { runPrepared } from './runPrepared.ts';
import type { Services } from './services.ts';

type PredictFrame = PredictMethods['predictFrame'];

/** Classifies one frame, through the same preprocessing and network as photos, and closes it. */
export async function predictFrame(
  { loadHead, ladder }: Pick<Services, 'loadHead' | 'ladder'>,
  { headId, backend, averaging, frame }: PredictFrame['params'],
): Promise<PredictFrame['result']> {
  const startedAt = performance.now();
  try {
    const { loaded, runnable, preprocessing: spec } = await loadHead(headId);
    const views = await frameViews(frame, spec, averaging);
    const outputs = await runPrepared(views, spec, (batch, numViews) =>
      ladder.run(loaded, backend, runnable, batch, numViews),
    );
    const ofViews = outputs.map((output) => (output.status === 'decoded' ? output.value : []));
    return { probabilities: meanProbabilities(ofViews), durationMs: performance.now() - startedAt };
  } finally {
    frame.close();
  }
}

/** The frame as the base sees it, then its views. */
async function frameViews(
  frame: ImageBitmap,
  spec: PreprocessingSpec,
  averaging: Averaging,
): Promise<readonly PreparedPhoto[]> {
  const picture = readPixels(frame, spec);
  const views = averagedViews(averaging).map(({ view }) => view);
  const prepared = [preprocessPixels(picture, spec)];
  if (views.length > 0) {
    // Colours, blur and all, which a frame as it is has no use for.
    const { viewPixels } = await import('../engine/augmentation/viewPixels.ts');
    for (const view of views) prepared.push(viewPixels(picture, spec, view));
  }
  return prepared.map((value) => ({ status: 'decoded', value }));
}
