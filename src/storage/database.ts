import { openDB, type IDBPDatabase } from 'idb';
import { migrate } from './migrations.ts';
import { DATABASE_NAME, DATABASE_VERSION, type GraftSchema } from './schema.ts';

export type Database = IDBPDatabase<GraftSchema>;

/**
 * Opens the one database, migrating it if it is older.
 * A newer app in another tab asks this connection to close, so that it can migrate.
 */
export async function openDatabase(name: string = DATABASE_NAME): Promise<Database> {
  const database: Database = await openDB<GraftSchema>(name, DATABASE_VERSION, {
    upgrade: (opened, oldVersion, _newVersion, upgrade) => {
      // Half a migration is worse than none: the database then stays as it was, and opening fails.
      migrate(opened, oldVersion, upgrade).catch(() => upgrade.abort());
      // Opening fails with it; nobody else waits for this one.
      upgrade.done.catch(() => undefined);
    },
    blocking: () => {
      database.close();
    },
  });
  return database;
}
