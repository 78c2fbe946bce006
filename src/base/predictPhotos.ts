import type { HandlerContext } from '../bridge/serve.ts';
import type { BaseMethods } from '../bridge/protocol.ts';
import type { PhotoPrediction } from '../domain/prediction.ts';
import { photoOutputs } from './photoOutputs.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type PredictPhotos = BaseMethods['predictPhotos'];

/** Classifies files in float32 from end to end; a file that is no photo gets its reason instead. */
export async function predictPhotos(
  services: Services,
  { headId, backend: choice, files }: PredictPhotos['params'],
  { signal, report }: HandlerContext<PredictPhotos['progress']>,
): Promise<PredictPhotos['result']> {
  const { loaded, cut, runnable, preprocessing: spec } = await services.loadHead(headId);
  const name = { kind: 'head', headId } as const;
  const job = { loaded, choice, cut, runnable, name, spec };
  const predictions: PhotoPrediction[] = [];
  const pace = new ProgressPace();
  for await (const outputs of photoOutputs(services, job, files, (file) => file, signal)) {
    for (const { output } of outputs) {
      if (output.status === 'rejected') predictions.push(output);
      else predictions.push({ status: 'predicted', probabilities: [...output.value] });
    }
    const done = predictions.length;
    if (pace.mark(done)) report({ done, total: files.length });
  }
  return { predictions };
}
