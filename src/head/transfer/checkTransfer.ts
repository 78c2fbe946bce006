import type { HeadMethods } from '../../bridge/protocol.ts';
import type { HandlerContext } from '../../bridge/serve.ts';
import { COLOUR_SPACE } from '../../domain/colourHistogram.ts';
import { GraftError } from '../../domain/errors.ts';
import { wilsonInterval } from '../../domain/metrics.ts';
import { pairedLead } from '../../domain/transfer/pairedLead.ts';
import type { ControlRun, MeasuredAccuracy } from '../../domain/transferReport.ts';
import type { Database } from '../../storage/database.ts';
import { readActivations } from '../readActivations.ts';
import type { FoldTask, HeldOutAnswer } from './answerHeldOut.ts';
import { crossValidate } from './crossValidate.ts';
import { estimateTransfer } from './estimateTransfer.ts';

type Check = HeadMethods['checkTransfer'];

/**
 * Whether a base helps on these photos: estimates from its activations, the accuracy of exact heads in
 * cross-validation, and that of controls in the same folds. Errors: too-few-classes, cancelled,
 * not-found {missing} where activations or histograms were never computed, loss-not-finite.
 */
export async function checkTransfer(
  { classifier, samples, seed }: Check['params'],
  { signal, report }: HandlerContext<Check['progress']>,
  database: Database,
): Promise<Check['result']> {
  const numClasses = classifier.labels.length;
  const data = await readActivations(database, classifier, samples);
  const colours = await readActivations(database, { ...classifier, ...COLOUR_SPACE }, samples);
  const task: FoldTask = { data, numClasses, seed, signal };
  const answers = await follow(task, (share) => {
    report({ done: share, total: 2 });
  });
  if (answers.length === 0) {
    throw new GraftError('too-few-classes', 'No class has two photos, so none can be held out');
  }
  const ofColours = await follow({ ...task, data: colours }, (share) => {
    report({ done: 1 + share, total: 2 });
  });
  const isRight = ({ row, predictedIndex }: HeldOutAnswer) =>
    data.classIndices[row] === predictedIndex;
  const right = answers.map(isRight);
  const most = majorityClass(data.classIndices);
  const ofMajority = answers.map(({ row }) => data.classIndices[row] === most);
  return {
    numSamples: samples.length,
    ...estimateTransfer(task),
    base: measured(right),
    controls: {
      colours: compared(right, ofColours.map(isRight)),
      majority: compared(right, ofMajority),
    },
  };
}

/** Same folds in the same order for every task on the same classes, which is what pairs the answers. */
async function follow(
  task: FoldTask,
  tell: (share: number) => void,
): Promise<readonly HeldOutAnswer[]> {
  const validating = crossValidate(task);
  let step = await validating.next();
  while (step.done !== true) {
    tell(step.value);
    step = await validating.next();
  }
  return step.value;
}

/** Folds are dealt class by class, so the largest class is the same whichever is held out. */
function majorityClass(classIndices: Int32Array): number {
  const counts = new Map<number, number>();
  for (const each of classIndices) counts.set(each, (counts.get(each) ?? 0) + 1);
  const [largest] = [...counts].toSorted(([, a], [, b]) => b - a);
  return largest?.[0] ?? 0;
}

function measured(right: readonly boolean[]): MeasuredAccuracy {
  const numRight = right.filter(Boolean).length;
  return {
    accuracy: numRight / right.length,
    interval: wilsonInterval(numRight, right.length),
  };
}

function compared(base: readonly boolean[], control: readonly boolean[]): ControlRun {
  return { ...measured(control), lead: pairedLead(base, control) };
}
