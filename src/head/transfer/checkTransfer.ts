import type { HeadMethods } from '../../bridge/protocol.ts';
import type { HandlerContext } from '../../bridge/serve.ts';
import { COLOUR_SPACE } from '../../domain/colourHistogram.ts';
import { pairedLead } from '../../domain/transfer/pairedLead.ts';
import type { ControlRun } from '../../domain/transferReport.ts';
import type { Database } from '../../storage/database.ts';
import { readActivations } from '../readActivations.ts';
import type { FoldTask } from './answerHeldOut.ts';
import { compareClasses } from './compareClasses.ts';
import { estimateTransfer } from './estimateTransfer.ts';
import { areRight, followFolds, measured } from './measuredAccuracy.ts';

type Check = HeadMethods['checkTransfer'];

/**
 * Whether a base helps on these photos: estimates from its activations and from its own classes where it
 * has any, the accuracy of exact heads in cross-validation, and that of controls in the same folds. Errors: too-few-classes, cancelled,
 * not-found {missing} where activations, answers or histograms were never computed, loss-not-finite.
 */
export async function checkTransfer(
  { classifier, samples, seed, randomHash, ownClasses }: Check['params'],
  { signal, report }: HandlerContext<Check['progress']>,
  database: Database,
): Promise<Check['result']> {
  const numClasses = classifier.labels.length;
  const data = await readActivations(database, classifier, samples);
  const colours = await readActivations(database, { ...classifier, ...COLOUR_SPACE }, samples);
  const random =
    randomHash === null
      ? null
      : await readActivations(database, { ...classifier, graphHash: randomHash }, samples);
  const ofOwnClasses = await compareClasses(database, classifier, samples, ownClasses);
  const task: FoldTask = { data, numClasses, seed, signal };
  const total = random === null ? 2 : 3;
  const answers = await followFolds(task, (share) => {
    report({ done: share, total });
  });
  const ofColours = await followFolds({ ...task, data: colours }, (share) => {
    report({ done: 1 + share, total });
  });
  // Weights of deep networks without batch norms can drive values beyond any number: nothing to compare.
  const ofRandom =
    random?.activations.every(Number.isFinite) === true
      ? await followFolds({ ...task, data: random }, (share) => {
          report({ done: 2 + share, total });
        })
      : null;
  const right = areRight(answers, data);
  const most = majorityClass(data.classIndices);
  const ofMajority = answers.map(({ row }) => data.classIndices[row] === most);
  return {
    numSamples: samples.length,
    ...estimateTransfer(task),
    ...ofOwnClasses,
    base: measured(right),
    controls: {
      ...(ofRandom === null ? {} : { random: compared(right, areRight(ofRandom, data)) }),
      colours: compared(right, areRight(ofColours, data)),
      majority: compared(right, ofMajority),
    },
  };
}

/** Folds are dealt class by class, so the largest class is the same whichever is held out. */
function majorityClass(classIndices: Int32Array): number {
  const counts = new Map<number, number>();
  for (const each of classIndices) counts.set(each, (counts.get(each) ?? 0) + 1);
  const [largest] = [...counts].toSorted(([, a], [, b]) => b - a);
  return largest?.[0] ?? 0;
}

function compared(base: readonly boolean[], control: readonly boolean[]): ControlRun {
  return { ...measured(control), lead: pairedLead(base, control) };
}
