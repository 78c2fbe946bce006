import { openDatabase } from '../storage/database.ts';
import { createBaseLoader } from './loadedBase.ts';
import { NetworkRunner } from './networkRunner.ts';
import type { Services } from './services.ts';

/** What the methods about bases use, on a database of its own. */
export async function openBaseServices(): Promise<Services> {
  const database = await openDatabase(`bases ${crypto.randomUUID()}`);
  const loadBase = createBaseLoader(database);
  return { database, loadBase, runner: new NetworkRunner() } as Services;
}
