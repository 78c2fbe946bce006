import { activationSpaceId, type ActivationSpace } from '../domain/activationKey.ts';
import type { Sha256 } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** Sorts after every hexadecimal digit, so that a key range covers all hashes of a space. */
const AFTER_ALL_HASHES = 'g' as Sha256;

function spaceRange(space: ActivationSpace): IDBKeyRange {
  const id = activationSpaceId(space);
  return IDBKeyRange.bound([id, ''], [id, AFTER_ALL_HASHES]);
}

/** The hashes of `imageHashes` that have no activation in this space yet, in their order, each once. */
export async function missingActivations(
  database: Database,
  space: ActivationSpace,
  imageHashes: readonly Sha256[],
): Promise<Sha256[]> {
  const keys = await database.getAllKeys('activations', spaceRange(space));
  const stored = new Set(keys.map(([, imageHash]) => imageHash));
  return [...new Set(imageHashes)].filter((hash) => !stored.has(hash));
}

export interface ComputedActivation {
  readonly imageHash: Sha256;
  /** float16 bits, [activationSize] */
  readonly values: Uint16Array<ArrayBuffer>;
}

/** Stores a batch in one transaction: all of it or nothing. */
export async function putActivations(
  database: Database,
  space: ActivationSpace,
  batch: readonly ComputedActivation[],
): Promise<void> {
  const id = activationSpaceId(space);
  const transaction = database.transaction('activations', 'readwrite');
  const puts = batch.map(({ imageHash, values }) => transaction.store.put(values, [id, imageHash]));
  await Promise.all([...puts, transaction.done]);
}

/** float16 bits of each image in the order asked for; `undefined` where none is stored. */
export async function getActivations(
  database: Database,
  space: ActivationSpace,
  imageHashes: readonly Sha256[],
): Promise<(Uint16Array<ArrayBuffer> | undefined)[]> {
  const id = activationSpaceId(space);
  const store = database.transaction('activations').store;
  return Promise.all(imageHashes.map((hash) => store.get([id, hash])));
}
