import { GraftError } from '../domain/errors.ts';
import type { Head } from '../domain/head.ts';
import type { HeadId } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** Errors: not-found. */
export async function getHead(database: Database, id: HeadId): Promise<Head> {
  const head = await database.get('heads', id);
  if (head === undefined) throw new GraftError('not-found', `No head ${id}`);
  return head;
}

/** Stores the head, in place of one of the same id. */
export async function putHead(database: Database, head: Head): Promise<void> {
  await database.put('heads', head);
}
