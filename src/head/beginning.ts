import type { Checkpoint } from '../domain/checkpoint.ts';
import type { RunOrigin, TrainingRun } from '../domain/trainingRun.ts';
import { getCheckpoint } from '../storage/checkpoints.ts';
import type { Database } from '../storage/database.ts';
import { getHead } from '../storage/heads.ts';
import type { Beginning } from './solver.ts';

/** Where the run goes on, or what it goes on from. Errors: not-found where that is gone. */
export async function findBeginning(
  database: Database,
  { id, origin }: TrainingRun,
): Promise<Beginning> {
  const own = await getCheckpoint(database, id);
  if (own !== null) return { checkpoint: own };
  if (origin === undefined) return {};
  if (origin.kept === 'state') return { checkpoint: await checkpointOf(database, origin) };
  const { classifier, weights, tuned } = await getHead(database, origin.headId);
  const labelIds = classifier.labels.map((label) => label.id);
  return { head: { weights, labelIds, ...(tuned && { tuned }) } };
}

/** With new patience: who asks for more epochs wants to see some. */
async function checkpointOf(database: Database, { runId }: RunOrigin): Promise<Checkpoint | null> {
  const checkpoint = await getCheckpoint(database, runId);
  if (checkpoint === null) return null;
  const { state } = checkpoint;
  const best = state.best && { ...state.best, numEpochsSince: 0 };
  return { ...checkpoint, state: { ...state, best } as Checkpoint['state'] };
}
