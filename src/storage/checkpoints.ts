import type { Checkpoint } from '../domain/checkpoint.ts';
import type { RunId } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** Stores the checkpoint in place of an earlier one of its run. */
export async function putCheckpoint(database: Database, checkpoint: Checkpoint): Promise<void> {
  await database.put('checkpoints', checkpoint);
}

/** `null` where the run has never come to one. */
export async function getCheckpoint(database: Database, id: RunId): Promise<Checkpoint | null> {
  return (await database.get('checkpoints', id)) ?? null;
}

/** Without reading it. */
export async function hasCheckpoint(database: Database, id: RunId): Promise<boolean> {
  return (await database.count('checkpoints', id)) > 0;
}

export async function deleteCheckpoint(database: Database, id: RunId): Promise<void> {
  await database.delete('checkpoints', id);
}
