import { baseIdOf } from '../domain/baseIdOf.ts';
import { GraftError, toGraftError } from '../domain/errors.ts';
import type { BaseId } from '../domain/ids.ts';
import type { ArchivedBase } from '../intake/graftArchive/baseFiles.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';
import type { StoredBase } from '../storage/schema.ts';
import type { Services } from './store.ts';

/** What an archive takes along of these bases: those that were trained by Graft and are stored. */
export async function archivedBases(
  database: Database,
  ids: readonly BaseId[],
): Promise<readonly ArchivedBase[]> {
  const stored = await Promise.all(ids.map((id) => getStoredBase(database, id)));
  return stored.flatMap((each) => (each === undefined ? [] : toArchived(each)));
}

function toArchived({ base, files }: StoredBase): readonly ArchivedBase[] {
  const { graphHash, name, training } = base;
  if (training === undefined) return [];
  const readable = files.map((file) => ({
    name: file.name,
    read: () => Promise.resolve(file.blob),
  }));
  return [{ graphHash, name, training, files: readable }];
}

/**
 * Stores the bases of an archive that are not here; one that is here as trained keeps its name.
 * Errors: archive-invalid {entry} for files that are not the network that they should be, quota-exceeded.
 */
export async function restoreBases(
  { database, base }: Pick<Services, 'database' | 'base'>,
  bases: readonly ArchivedBase[],
): Promise<void> {
  for (const { graphHash, name, training, files } of bases) {
    const stored = await getStoredBase(database, baseIdOf(graphHash));
    if (stored?.base.training !== undefined) continue;
    const read = await Promise.all(
      files.map(async (file) => ({ path: file.name, bytes: await file.read() })),
    );
    try {
      await base('storeTrainedBase', { name, files: read, training, graphHash });
    } catch (thrown) {
      throw asArchiveError(thrown, graphHash);
    }
  }
}

/** A network that cannot be read is a damaged archive to whoever opens one. */
function asArchiveError(thrown: unknown, graphHash: string): GraftError {
  const error = toGraftError(thrown);
  const isOfFiles = ['base-invalid', 'base-hash-mismatch', 'unsupported-layer'].includes(
    error.code,
  );
  if (!isOfFiles) return error;
  return new GraftError('archive-invalid', error.message, { entry: `bases/${graphHash}` });
}
