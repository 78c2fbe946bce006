import { GraftError } from '../domain/errors.ts';
import type { ClassifierSpec } from '../domain/trainingRun.ts';
import { openBase, type LoadedBase } from '../engine/openBase.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';

/**
 * The base that the classifier was trained on, from storage or, if it lies beside the app, from its
 * files. Errors: base-not-stored {base}, base-unreachable, base-hash-mismatch {base}, base-invalid.
 */
export async function readBase(
  database: Database,
  { baseId, graphHash: trainedOn }: ClassifierSpec,
): Promise<LoadedBase> {
  const loaded = await openBase(baseId, await getStoredBase(database, baseId));
  if (loaded.base.graphHash === trainedOn) return loaded;
  const message = 'The base is not the one that the head was trained on';
  throw new GraftError('base-hash-mismatch', message, { base: loaded.base.name });
}
