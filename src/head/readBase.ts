import { findBase } from '../catalogue/bases.ts';
import { GraftError } from '../domain/errors.ts';
import type { ClassifierSpec } from '../domain/trainingRun.ts';
import { graphHash } from '../network/graphHash.ts';
import { loadTfjsLayers, weightPathsOf, type TfjsLayersFiles } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';
import { fetchBytes } from './fetchBytes.ts';

/**
 * The base that the classifier was trained on, from storage or, if it ships with the app, from its
 * files under `appUrl`.
 * Errors: base-not-stored {base}, base-unreachable, base-hash-mismatch, base-invalid.
 */
export async function readBase(
  database: Database,
  { baseId, graphHash: expectedHash }: ClassifierSpec,
  appUrl: URL,
): Promise<Network> {
  const stored = await getStoredBase(database, baseId);
  const network = loadTfjsLayers(stored ?? (await fetchBundled(baseId, appUrl)));
  if ((await graphHash(network)) !== expectedHash) {
    const message = 'The base is not the one that the head was trained on';
    throw new GraftError('base-hash-mismatch', message, { base: baseId });
  }
  return network;
}

async function fetchBundled(
  baseId: ClassifierSpec['baseId'],
  appUrl: URL,
): Promise<TfjsLayersFiles> {
  const base = findBase(baseId);
  if (base?.isBundled !== true) {
    throw new GraftError('base-not-stored', `The base ${baseId} is not stored`, { base: baseId });
  }
  const modelUrl = new URL(base.url, appUrl);
  const modelJson = new TextDecoder().decode(await fetchBytes(modelUrl));
  const paths = weightPathsOf(modelJson);
  const shards = await Promise.all(paths.map((path) => fetchBytes(new URL(path, modelUrl))));
  return { modelJson, weights: await new Blob(shards).arrayBuffer() };
}
