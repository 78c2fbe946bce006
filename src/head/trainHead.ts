import type { HeadMethods } from '../bridge/protocol.ts';
import type { PausedTraining, TrainedHead } from '../bridge/trainedHead.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import type { BackendName } from '../domain/backend.ts';
import { GraftError } from '../domain/errors.ts';
import type { Head } from '../domain/head.ts';
import { newId, type HeadId } from '../domain/ids.ts';
import { activationCut, type RunSample, type TrainingRun } from '../domain/trainingRun.ts';
import type { Database } from '../storage/database.ts';
import { putHead } from '../storage/heads.ts';
import { fitRun } from './fitRun.ts';
import { evaluateParts, heldOutOutcomes } from './heldOut.ts';
import { readActivations, readWithViews } from './readActivations.ts';
import { applyHead } from './softmaxHead.ts';

type TrainMethod = HeadMethods['trainHead'];

export interface TrainingTools {
  readonly database: Database;
  readonly backend: BackendName;
  readonly isPausing: () => boolean;
  /** Makes `backend` the active one where layers of the base are to be trained; before, one is that can be read at once. */
  readonly startTraining?: () => Promise<void>;
}

/**
 * Fits a head on the run's training photos, measures it on the held-out ones and stores it. Goes on from
 * the run's checkpoint if it has one.
 * Errors: too-few-classes, class-without-photos {name}, not-found {missing}, loss-not-finite, cancelled;
 * of a base whose layers are trained too, those of `solveOnBase`.
 */
export async function trainHead(
  { run }: Pick<TrainMethod['params'], 'run'>,
  { signal, report }: HandlerContext<TrainMethod['progress']>,
  { database, backend, isPausing, startTraining }: TrainingTools,
): Promise<TrainedHead | PausedTraining> {
  checkClasses(run);
  const inPart = (part: RunSample['part']) => run.samples.filter((sample) => sample.part === part);
  const classifier = { ...run.classifier, cut: activationCut(run) };
  const read = (samples: readonly RunSample[]) => readActivations(database, classifier, samples);
  const train = await readWithViews(database, { ...run, classifier }, inPart('train'));
  const validation = await read(inPart('validation'));

  const set = {
    train,
    validation: validation.classIndices.length > 0 ? validation : null,
    activationSize: train.activations.length / train.classIndices.length,
    numClasses: run.classifier.labels.length,
    labelIds: run.classifier.labels.map(({ id }) => id),
  };
  const fitted = await fitRun({
    ...{ database, run, set, signal, report, isPausing },
    ...(startTraining && { startTraining }),
  });
  if (fitted.status === 'paused') return fitted;
  const { weights, tuned, answer, ...outcome } = fitted;

  const heldOutSamples = run.samples.filter(({ part }) => part !== 'train');
  const heldOutPart = await read(heldOutSamples);
  const probabilities = await (answer?.(heldOutPart) ??
    applyHead(heldOutPart.activations, weights));
  const heldOut = heldOutOutcomes(heldOutSamples, probabilities);
  const head: Head = {
    id: newId<HeadId>(),
    runId: run.id,
    classifier: run.classifier,
    weights,
    ...(tuned && { tuned }),
    heldOut,
  };
  await putHead(database, head);
  return {
    ...outcome,
    headId: head.id,
    backend,
    evaluations: evaluateParts(heldOut, set.numClasses),
  };
}

function checkClasses({ classifier, samples }: TrainingRun): void {
  const trained = new Set(
    samples.filter(({ part }) => part === 'train').map(({ classIndex }) => classIndex),
  );
  if (trained.size < 2) {
    throw new GraftError('too-few-classes', 'Fewer than two classes have photos to train on');
  }
  const empty = classifier.labels.find((_, index) => !trained.has(index));
  if (empty !== undefined) {
    const { name } = empty;
    throw new GraftError('class-without-photos', `No photo to train on in ${name}`, { name });
  }
}
