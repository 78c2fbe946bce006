import { GraftError } from '../domain/errors.ts';
import type { ClassifierSpec } from '../domain/trainingRun.ts';
import type { BaseBody } from '../engine/baseBody.ts';
import { openBase } from '../engine/openBase.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';

/**
 * The base that the classifier was trained on, from storage or, if it lies beside the app, from its
 * files. Errors: base-not-stored {base}, base-unreachable, base-hash-mismatch {base}, base-invalid.
 */
export async function readBase(
  database: Database,
  { baseId, graphHash: trainedOn }: ClassifierSpec,
): Promise<BaseBody> {
  const { base, network } = await openBase(baseId, await getStoredBase(database, baseId));
  if (base.graphHash === trainedOn) return network;
  const message = 'The base is not the one that the head was trained on';
  throw new GraftError('base-hash-mismatch', message, { base: base.name });
}
