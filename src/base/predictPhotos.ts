import type { HandlerContext } from '../bridge/serve.ts';
import type { PredictMethods } from '../bridge/predictMethods.ts';
import { averagedViews, meanProbabilities } from '../domain/averaging.ts';
import type { PhotoPrediction } from '../domain/prediction.ts';
import { photoOutputs } from './photoOutputs.ts';
import type { PhotoOutput } from './photoProtocol.ts';
import type { PhotoSource } from './photoSources.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type PredictPhotos = PredictMethods['predictPhotos'];

/** Classifies files in float32 from end to end; a file that is no photo gets its reason instead. */
export async function predictPhotos(
  services: Pick<Services, 'loadHead' | 'ladder' | 'photos' | 'memoryGib'>,
  { headId, backend: choice, averaging, files }: PredictPhotos['params'],
  { signal, report }: HandlerContext<PredictPhotos['progress']>,
): Promise<PredictPhotos['result']> {
  const { loaded, cut, runnable, preprocessing: spec } = await services.loadHead(headId);
  const name = { kind: 'head', headId } as const;
  const job = { loaded, choice, cut, runnable, name, spec };
  const views = averagedViews(averaging);
  const sources = files.flatMap((photo): PhotoSource[] => [
    photo,
    ...views.map(({ view }) => ({ photo, view })),
  ]);
  const predictions: PhotoPrediction[] = [];
  let ofPhoto: PhotoOutput[] = [];
  const pace = new ProgressPace();
  for await (const outputs of photoOutputs(services, job, sources, (source) => source, signal)) {
    for (const { output } of outputs) {
      ofPhoto.push(output);
      if (ofPhoto.length <= views.length) continue;
      predictions.push(predictionOf(ofPhoto));
      ofPhoto = [];
    }
    const done = predictions.length;
    if (pace.mark(done)) report({ done, total: files.length });
  }
  return { predictions };
}

/** From the outputs of all views of one photo. */
function predictionOf(outputs: readonly PhotoOutput[]): PhotoPrediction {
  const probabilities: Float32Array[] = [];
  for (const output of outputs) {
    if (output.status === 'rejected') return output;
    probabilities.push(output.value);
  }
  return { status: 'predicted', probabilities: meanProbabilities(probabilities) };
}
