import { completeHeadConfig } from '../domain/headConfig.ts';
import { GraftError } from '../domain/errors.ts';
import type { ProjectId, RunId } from '../domain/ids.ts';
import type { TrainingRun } from '../domain/trainingRun.ts';
import type { Database } from './database.ts';

/** Stores the run, in place of one of the same id. */
export async function putRun(database: Database, run: TrainingRun): Promise<void> {
  await database.put('runs', run);
}

/** Errors: not-found. */
export async function getRun(database: Database, id: RunId): Promise<TrainingRun> {
  const run = await database.get('runs', id);
  if (run === undefined) throw new GraftError('not-found', `No run ${id}`);
  return { ...run, config: completeHeadConfig(run.config) };
}

/** Runs of the project, newest first. */
export async function listRuns(database: Database, projectId: ProjectId): Promise<TrainingRun[]> {
  const runs = await database.getAllFromIndex('runs', 'by-project', projectId);
  return runs
    .map((run) => ({ ...run, config: completeHeadConfig(run.config) }))
    .toSorted((a, b) => b.startedAt - a.startedAt);
}
