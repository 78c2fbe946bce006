import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { basesFromVersion1, cutAndRangeFromVersion1 } from './fromVersion1.ts';
import type { GraftSchema } from './schema.ts';

type Upgrade = IDBPTransaction<GraftSchema, StoreNames<GraftSchema>[], 'versionchange'>;

/** Steps from one schema version to the next, in order; `steps[0]` makes version 1 from nothing. */
const steps: readonly ((
  database: IDBPDatabase<GraftSchema>,
  upgrade: Upgrade,
) => Promise<void> | void)[] = [
  (database) => {
    database.createObjectStore('projects', { keyPath: 'id' });
    const samples = database.createObjectStore('samples', { keyPath: 'id' });
    samples.createIndex('by-project', 'projectId');
    samples.createIndex('by-image', 'imageHash');
    database.createObjectStore('images', { keyPath: 'hash' });
    database.createObjectStore('runs', { keyPath: 'id' }).createIndex('by-project', 'projectId');
    database.createObjectStore('thumbnails', { keyPath: 'hash' });
    database.createObjectStore('activations');
    database.createObjectStore('bases', { keyPath: 'id' });
    database.createObjectStore('backendReports', { keyPath: 'graphHash' });
    database.createObjectStore('heads', { keyPath: 'id' });
  },
  async (database, upgrade) => {
    database.createObjectStore('downloads', { keyPath: ['source', 'address', 'start'] });
    await cutAndRangeFromVersion1(upgrade);
    await basesFromVersion1(upgrade);
  },
  (database) => {
    database.createObjectStore('checkpoints', { keyPath: 'runId' });
  },
];

/** Brings a database of any older version up to date, within the transaction that opening gives. */
export async function migrate(
  database: IDBPDatabase<GraftSchema>,
  oldVersion: number,
  upgrade: Upgrade,
): Promise<void> {
  for (const step of steps.slice(oldVersion)) await step(database, upgrade);
}
