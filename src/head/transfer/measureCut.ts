import type { HeadMethods } from '../../bridge/protocol.ts';
import type { HandlerContext } from '../../bridge/serve.ts';
import type { Database } from '../../storage/database.ts';
import { readActivations } from '../readActivations.ts';
import { areRight, followFolds, measured } from './measuredAccuracy.ts';

type MeasureCut = HeadMethods['measureCut'];

/** Cross-validated accuracy of exact heads at one cut. Errors: those of followFolds, not-found {missing}. */
export async function measureCut(
  { classifier, samples, seed }: MeasureCut['params'],
  { signal, report }: HandlerContext<MeasureCut['progress']>,
  database: Database,
): Promise<MeasureCut['result']> {
  const data = await readActivations(database, classifier, samples);
  const task = { data, numClasses: classifier.labels.length, seed, signal };
  const answers = await followFolds(task, (done) => {
    report({ done, total: 1 });
  });
  return measured(areRight(answers, data));
}
