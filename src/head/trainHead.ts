import type { HeadMethods, TrainedHead } from '../bridge/protocol.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import type { BackendName } from '../domain/backend.ts';
import { GraftError } from '../domain/errors.ts';
import type { Head } from '../domain/head.ts';
import { newId, type HeadId } from '../domain/ids.ts';
import {
  activationCut,
  type EpochMetrics,
  type FitProgress,
  type RunSample,
  type TrainingRun,
} from '../domain/trainingRun.ts';
import type { Database } from '../storage/database.ts';
import { putHead } from '../storage/heads.ts';
import { evaluateParts, heldOutOutcomes } from './heldOut.ts';
import { readActivations, readWithViews } from './readActivations.ts';
import { applyHead } from './softmaxHead.ts';
import { solveHead } from './solveHead.ts';
import type { Solution } from './solver.ts';
import type { TrainingSet } from './trainingSet.ts';

type TrainMethod = HeadMethods['trainHead'];

export interface TrainingTools {
  readonly database: Database;
  readonly backend: BackendName;
}

/**
 * Fits a head on the run's training photos, measures it on the held-out ones and stores it.
 * Errors: too-few-classes, class-without-photos {name}, not-found {missing}, loss-not-finite, cancelled;
 * of a base whose layers are trained too, those of `solveOnBase`.
 */
export async function trainHead(
  { run }: TrainMethod['params'],
  { signal, report }: HandlerContext<TrainMethod['progress']>,
  { database, backend }: TrainingTools,
): Promise<TrainedHead> {
  checkClasses(run);
  const inPart = (part: RunSample['part']) => run.samples.filter((sample) => sample.part === part);
  const classifier = { ...run.classifier, cut: activationCut(run) };
  const read = (samples: readonly RunSample[]) => readActivations(database, classifier, samples);
  const train = await readWithViews(database, { ...run, classifier }, inPart('train'));
  const validation = await read(inPart('validation'));

  const startedAt = performance.now();
  const set = {
    train,
    validation: validation.classIndices.length > 0 ? validation : null,
    activationSize: train.activations.length / train.classIndices.length,
    numClasses: run.classifier.labels.length,
    labelIds: run.classifier.labels.map(({ id }) => id),
  };
  const epochs: EpochMetrics[] = [];
  const solving = await startSolving(set, run, signal, database);
  let step = await solving.next();
  while (step.done !== true) {
    if (step.value.kind === 'epoch') epochs.push(step.value.metrics);
    report(step.value);
    step = await solving.next();
  }
  const { weights, tuned, answer, ...outcome } = step.value;
  const durationMs = performance.now() - startedAt;

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
    headId: head.id,
    epochs,
    ...outcome,
    durationMs,
    backend,
    evaluations: evaluateParts(heldOut, set.numClasses),
  };
}

async function startSolving(
  set: TrainingSet,
  run: TrainingRun,
  signal: AbortSignal,
  database: Database,
): Promise<AsyncGenerator<FitProgress, Solution>> {
  const { config } = run;
  if (config.solver !== 'deeper') return solveHead(set, config, signal);
  // All gradients and the readers of every format, which few runs need.
  const { solveOnBase } = await import('./deeper/solveOnBase.ts');
  return solveOnBase(set, config, { ...run, database }, signal);
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
