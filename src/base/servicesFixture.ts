import { vi } from 'vitest';
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

/** The same in a worker of an app that brings no base; `vi.unstubAllGlobals` ends it. */
export function openLoneBaseServices(): Promise<Services> {
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json([])));
  return openBaseServices();
}
