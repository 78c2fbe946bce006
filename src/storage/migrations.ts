import type { IDBPDatabase } from 'idb';
import type { GraftSchema } from './schema.ts';

/** Steps from one schema version to the next, in order; `steps[0]` makes version 1 from nothing. */
const steps: readonly ((database: IDBPDatabase<GraftSchema>) => void)[] = [
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
];

/** Brings a database of any older version up to date. */
export function migrate(database: IDBPDatabase<GraftSchema>, oldVersion: number): void {
  for (const step of steps.slice(oldVersion)) step(database);
}
