import { findBase } from '../catalogue/bases.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { BaseId } from '../domain/ids.ts';
import { graphHash } from '../network/graphHash.ts';
import { loadTfjsLayers, type TfjsLayersFiles } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';
import { fetchBase } from '../engine/fetchBase.ts';

/** A base of the catalogue with its network, proven to be the one that the catalogue means. */
export interface LoadedBase {
  readonly base: BaseModel;
  readonly network: Network;
}

/** Errors: not-found. */
export function requireBase(id: BaseId): BaseModel {
  const base = findBase(id);
  if (base === undefined) throw new GraftError('not-found', `No base ${id}`, { base: id });
  return base;
}

/** Reads the files and compares the graph's hash. Errors: base-invalid, base-hash-mismatch. */
export async function verifyBase(base: BaseModel, files: TfjsLayersFiles): Promise<LoadedBase> {
  const network = loadTfjsLayers(files);
  const found = await graphHash(network);
  if (found !== base.graphHash) {
    const details = { base: base.name, expected: base.graphHash, found };
    throw new GraftError('base-hash-mismatch', `${base.name} is not what it should be`, details);
  }
  return { base, network };
}

export type BaseLoader = (id: BaseId) => Promise<LoadedBase>;

/**
 * Loads bases from the app or from storage, each once.
 * Errors of the loader: not-found, base-not-stored, base-unreachable, base-invalid, base-hash-mismatch.
 */
export function createBaseLoader(database: Database): BaseLoader {
  const loading = new Map<BaseId, Promise<LoadedBase>>();
  return (id) => {
    const known = loading.get(id);
    if (known !== undefined) return known;
    const loaded = loadBase(database, requireBase(id));
    loading.set(id, loaded);
    // A failure is not kept: the base may be downloaded later.
    loaded.catch(() => loading.delete(id));
    return loaded;
  };
}

async function loadBase(database: Database, base: BaseModel): Promise<LoadedBase> {
  if (base.isBundled) return verifyBase(base, await fetchBase(base));
  const stored = await getStoredBase(database, base.id);
  if (stored === undefined) {
    throw new GraftError('base-not-stored', `${base.name} has not been downloaded`, {
      base: base.name,
    });
  }
  return verifyBase(base, stored);
}
