import type { HeadMethods } from '../../bridge/protocol.ts';
import type { HandlerContext } from '../../bridge/serve.ts';
import { GraftError } from '../../domain/errors.ts';
import { pixelSpace } from '../../domain/pixelSpace.ts';
import type { ScratchTask } from '../../domain/scratchFit.ts';
import type { EpochMetrics, SplitPart } from '../../domain/trainingRun.ts';
import { FROZEN_CUT } from '../../domain/twoConvolutions.ts';
import { asBlobs } from '../../exporters/blobFile.ts';
import { ownRangeFile } from '../../exporters/preprocessingFile.ts';
import { tfjsLayersFiles } from '../../exporters/tfjsLayers.ts';
import type { Network } from '../../network/network.ts';
import type { Database } from '../../storage/database.ts';
import { readActivations } from '../readActivations.ts';
import { fitTwoConvolutions } from './fitTwoConvolutions.ts';

type Train = HeadMethods['trainFromScratch'];

/** A bar that moves more often shows nothing more. */
const TELL_INTERVAL_MS = 250;

/** Fits on what is stored of the task's photos. Errors: those of the method. */
export async function trainFromScratch(
  { task }: Train['params'],
  { signal, report }: HandlerContext<Train['progress']>,
  database: Database,
): Promise<Train['result']> {
  const [train, validation] = await Promise.all([
    readPart(database, task, 'train'),
    readPart(database, task, 'validation'),
  ]);
  if (new Set(train.classIndices).size < 2) {
    throw new GraftError('too-few-classes', 'Fewer than two classes have photos to train on');
  }
  const set = { train, validation: validation.classIndices.length > 0 ? validation : null };
  const startedAt = performance.now();
  const epochs: EpochMetrics[] = [];
  let toldAt = startedAt;
  const fitting = fitTwoConvolutions(task, set, signal, (steps) => {
    if (performance.now() - toldAt < TELL_INTERVAL_MS) return;
    toldAt = performance.now();
    report({ kind: 'steps', ...steps });
  });
  let step = await fitting.next();
  while (step.done !== true) {
    epochs.push(step.value);
    report({ kind: 'epoch', metrics: step.value });
    step = await fitting.next();
  }
  const curve = { epochs, durationMs: performance.now() - startedAt };
  return { curve, files: task.frozenBase === null ? filesOf(step.value, task) : [] };
}

/** With what says how it wants its pixels, for whoever opens the files elsewhere. */
function filesOf(network: Network, { preprocessing }: ScratchTask) {
  return asBlobs([...tfjsLayersFiles(network), ownRangeFile(preprocessing)]);
}

function readPart(database: Database, task: ScratchTask, part: SplitPart) {
  const { frozenBase, preprocessing } = task;
  const space =
    frozenBase === null
      ? pixelSpace(preprocessing)
      : { graphHash: frozenBase, cut: FROZEN_CUT, preprocessing };
  const samples = task.samples.filter((sample) => sample.part === part);
  return readActivations(database, space, samples);
}
