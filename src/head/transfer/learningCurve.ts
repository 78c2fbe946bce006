import type { HeadMethods } from '../../bridge/protocol.ts';
import type { HandlerContext } from '../../bridge/serve.ts';
import { predictNextDoubling } from '../../domain/transfer/nextDoubling.ts';
import type { Database } from '../../storage/database.ts';
import { readActivations } from '../readActivations.ts';
import { measureLearningCurve } from './measureLearningCurve.ts';

type Curve = HeadMethods['learningCurve'];

/** The learning curve of a base on these photos. Errors: those of measuring, not-found {missing}. */
export async function learningCurve(
  { classifier, samples, seed }: Curve['params'],
  { signal, report }: HandlerContext<Curve['progress']>,
  database: Database,
): Promise<Curve['result']> {
  const data = await readActivations(database, classifier, samples);
  const measuring = measureLearningCurve({
    data,
    numClasses: classifier.labels.length,
    seed,
    signal,
  });
  let step = await measuring.next();
  while (step.done !== true) {
    report({ done: step.value, total: 1 });
    step = await measuring.next();
  }
  return { points: step.value, next: predictNextDoubling(step.value, seed) };
}
