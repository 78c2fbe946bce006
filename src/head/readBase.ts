import { findBase } from '../catalogue/bases.ts';
import { GraftError } from '../domain/errors.ts';
import type { BaseId } from '../domain/ids.ts';
import type { ClassifierSpec } from '../domain/trainingRun.ts';
import { fetchBase } from '../engine/fetchBase.ts';
import { graphHash } from '../network/graphHash.ts';
import { loadTfjsLayers, type TfjsLayersFiles } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';

/**
 * The base that the classifier was trained on, from storage or, if it ships with the app, from its
 * files. Errors: base-not-stored {base}, base-unreachable, base-hash-mismatch {base}, base-invalid.
 */
export async function readBase(
  database: Database,
  { baseId, graphHash: trainedOn }: ClassifierSpec,
): Promise<Network> {
  const network = loadTfjsLayers(await readFiles(database, baseId));
  if ((await graphHash(network)) !== trainedOn) {
    const message = 'The base is not the one that the head was trained on';
    throw new GraftError('base-hash-mismatch', message, { base: baseId });
  }
  return network;
}

async function readFiles(database: Database, baseId: BaseId): Promise<TfjsLayersFiles> {
  const stored = await getStoredBase(database, baseId);
  if (stored !== undefined) return stored;
  const base = findBase(baseId);
  if (base?.isBundled === true) return fetchBase(base);
  const name = base?.name ?? baseId;
  throw new GraftError('base-not-stored', `${name} has not been downloaded`, { base: name });
}
