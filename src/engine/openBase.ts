import { findOffer, STARTER_BASE } from '../catalogue/bases.ts';
import { BUNDLED_INDEX, fetchBundledBases } from '../catalogue/bundledBases.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { BaseId } from '../domain/ids.ts';
import { bodyOf, hashBody, type BaseBody } from './baseBody.ts';
import { fetchBase, resolveUrl } from './fetchBase.ts';
import { openFiles, type NamedBlob } from './openFiles.ts';

/** A base with its network, proven to be the one that it says it is. */
export interface LoadedBase {
  readonly base: BaseModel;
  readonly network: BaseBody;
}

/**
 * The base from its stored files, or from beside the app where it is not stored.
 * Errors: base-not-stored {base}, base-unreachable, base-invalid, base-hash-mismatch.
 */
export async function openBase(
  id: BaseId,
  stored: { readonly base: BaseModel; readonly files: readonly NamedBlob[] } | undefined,
): Promise<LoadedBase> {
  if (stored !== undefined) {
    // Its hash was taken when it was stored.
    return { base: stored.base, network: bodyOf(await openFiles(stored.files)) };
  }
  const bundled = (await listBundledBases()).find((base) => base.id === id);
  if (bundled !== undefined) return openBundled(bundled);
  const name = findOffer(id)?.name ?? id;
  throw new GraftError('base-not-stored', `${name} is not at hand`, { base: name });
}

/** The starter base and those that were added where the app is served from. */
export async function listBundledBases(): Promise<readonly BaseModel[]> {
  return [STARTER_BASE, ...(await fetchBundledBases(resolveUrl(BUNDLED_INDEX)))];
}

async function openBundled(base: BaseModel): Promise<LoadedBase> {
  const network = bodyOf(await openFiles(await fetchBase(base)));
  const found = await hashBody(network);
  if (found === base.graphHash) return { base, network };
  const details = { base: base.name, expected: base.graphHash, found };
  throw new GraftError('base-hash-mismatch', `${base.name} is not what it should be`, details);
}
