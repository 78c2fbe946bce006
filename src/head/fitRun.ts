import type { HeadMethods } from '../bridge/protocol.ts';
import type { PausedTraining, TrainedHead } from '../bridge/trainedHead.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import type { EpochMetrics, TrainingRun } from '../domain/trainingRun.ts';
import { putCheckpoint } from '../storage/checkpoints.ts';
import type { Database } from '../storage/database.ts';
import type { Solution, SolverProgress } from './solver.ts';
import { startSolving } from './startSolving.ts';
import type { TrainingSet } from './trainingSet.ts';

/** Training that a killed tab loses, at most. */
const CHECKPOINT_INTERVAL_MS = 1000;

interface Fitting extends HandlerContext<HeadMethods['trainHead']['progress']> {
  readonly database: Database;
  readonly run: TrainingRun;
  readonly set: TrainingSet;
  readonly isPausing: () => boolean;
  readonly startTraining?: () => Promise<void>;
}

type FittedRun = Solution & Pick<TrainedHead, 'status' | 'epochs' | 'durationMs'>;

/**
 * Fits with the run's solver, telling of each epoch, those done earlier first. Keeps a checkpoint every
 * second, when it pauses, and of the last epoch, from which more can follow. Errors: those of the solver.
 */
export async function fitRun(fitting: Fitting): Promise<FittedRun | PausedTraining> {
  const { run, set, report } = fitting;
  const { solving, beginning } = await startSolving(set, run, fitting);
  const earlier = beginning.checkpoint;
  const epochs: EpochMetrics[] = [...(earlier?.epochs ?? [])];
  for (const metrics of epochs) report({ kind: 'epoch', metrics });
  const startedAt = performance.now() - (earlier?.durationMs ?? 0);
  const durationMs = () => performance.now() - startedAt;
  let keptAt = performance.now();

  let step = await solving.next();
  while (step.done !== true) {
    if (step.value.kind === 'search') report(step.value);
    else {
      const { metrics, readState } = step.value;
      epochs.push(metrics);
      report({ kind: 'epoch', metrics });
      const isPausing = readState !== undefined && fitting.isPausing();
      const isDue = performance.now() - keptAt > CHECKPOINT_INTERVAL_MS;
      if (isPausing || isDue || isLastEpoch(run, step.value)) {
        await keep(fitting, { epochs, durationMs: durationMs() }, readState);
        keptAt = performance.now();
      }
      if (isPausing) {
        await solving.return(undefined as never);
        return { status: 'paused', epochs };
      }
    }
    step = await solving.next();
  }
  return { ...step.value, status: 'completed', epochs, durationMs: durationMs() };
}

function isLastEpoch({ config }: TrainingRun, progress: SolverProgress): boolean {
  if (config.solver === 'exact' || progress.kind === 'search') return false;
  return progress.metrics.epoch === config.epochs;
}

async function keep(
  { database, run }: Fitting,
  done: { readonly epochs: readonly EpochMetrics[]; readonly durationMs: number },
  readState: Extract<SolverProgress, { kind: 'epoch' }>['readState'],
): Promise<void> {
  if (readState === undefined) return;
  await putCheckpoint(database, { runId: run.id, ...done, state: await readState() });
}
