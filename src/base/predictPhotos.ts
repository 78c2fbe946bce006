import type { HandlerContext } from '../bridge/serve.ts';
import type { BaseMethods } from '../bridge/protocol.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { PhotoPrediction } from '../domain/prediction.ts';
import { photoBatches } from './photoBatches.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type PredictPhotos = BaseMethods['predictPhotos'];

/** Classifies files in float32 from end to end; a file that is no photo gets its reason instead. */
export async function predictPhotos(
  { loadHead, ladder, preparers }: Services,
  { headId, backend, files }: PredictPhotos['params'],
  { signal, report }: HandlerContext<PredictPhotos['progress']>,
): Promise<PredictPhotos['result']> {
  const { loaded, runnable, preprocessing, numClasses } = await loadHead(headId);
  const predictions = new Array<PhotoPrediction>(files.length);
  const pace = new ProgressPace();
  let done = 0;
  const prepare = (index: number) => preparers.prepare(files[index] ?? new Blob(), preprocessing);
  for await (const batch of photoBatches([...files.keys()], preprocessing, prepare)) {
    throwIfCancelled(signal);
    const { items, input, rejected } = batch;
    for (const { item, rejection } of rejected) predictions[item] = rejection;
    if (items.length > 0) {
      const output = await ladder.run(loaded, backend, runnable, input, items.length);
      items.forEach((item, row) => {
        const probabilities = [...output.subarray(row * numClasses, (row + 1) * numClasses)];
        predictions[item] = { status: 'predicted', probabilities };
      });
    }
    done += items.length + rejected.length;
    if (pace.mark(done)) report({ done, total: files.length });
  }
  return { predictions };
}
