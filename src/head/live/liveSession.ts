import type { HeadMethods } from '../../bridge/protocol.ts';
import { activationSpaceId, type ActivationSpace } from '../../domain/activationKey.ts';
import { throwIfCancelled } from '../../domain/errors.ts';
import { decodeFloat16 } from '../../domain/float16.ts';
import type { ActivationSpaceId, Sha256 } from '../../domain/ids.ts';
import { getActivations } from '../../storage/activations.ts';
import type { Database } from '../../storage/database.ts';
import { learnRidge, type LiveRidge } from './liveRidge.ts';

type Refresh = HeadMethods['refreshLive'];

/** What has been learnt so far, and from which photos, in that order. */
interface Learnt {
  readonly space: ActivationSpaceId;
  readonly ridge: LiveRidge;
  readonly hashes: readonly Sha256[];
}

/**
 * Keeps what was learnt from earlier photos, so that one more costs milliseconds, and a photo in
 * another class less. Learns anew where photos went away or differ far more than the first ones did,
 * and for another base, cut or framing. Photos whose activations are not stored are left out.
 */
export function createLiveSession(
  database: Database,
): (params: Refresh['params'], signal: AbortSignal) => Promise<Refresh['result']> {
  let learnt: Learnt | null = null;
  return async ({ classifier, photos }, signal) => {
    const { graphHash, cut, preprocessing, labels } = classifier;
    const space: ActivationSpace = { graphHash, cut, preprocessing, view: 'original' };
    const classOf = new Map(photos.map(({ imageHash, classIndex }) => [imageHash, classIndex]));
    const before = learnt;
    // Forgotten if reading fails half-way.
    learnt = null;
    learnt = await goOn(database, space, before, [...classOf.keys()]);
    throwIfCancelled(signal);
    const classIndices = learnt?.hashes.map((hash) => classOf.get(hash) ?? -1) ?? [];
    if (learnt === null || new Set(classIndices).size < 2) return null;
    return { classifier, ...learnt.ridge.headFor(classIndices, labels.length) };
  };
}

/** `null` where no activation is stored. */
async function goOn(
  database: Database,
  space: ActivationSpace,
  before: Learnt | null,
  hashes: readonly Sha256[],
): Promise<Learnt | null> {
  const wanted = new Set(hashes);
  const isKept = before?.space === activationSpaceId(space);
  if (before !== null && isKept && before.hashes.every((hash) => wanted.has(hash))) {
    const known = new Set(before.hashes);
    const added = await readRows(
      database,
      space,
      hashes.filter((hash) => !known.has(hash)),
    );
    for (const { row } of added) before.ridge.append(row);
    const all = [...before.hashes, ...added.map(({ imageHash }) => imageHash)];
    if (!before.ridge.isOutgrown) return { ...before, hashes: all };
  }
  const rows = await readRows(database, space, hashes);
  if (rows.length === 0) return null;
  return {
    space: activationSpaceId(space),
    ridge: learnRidge(rows.map(({ row }) => row)),
    hashes: rows.map(({ imageHash }) => imageHash),
  };
}

async function readRows(
  database: Database,
  space: ActivationSpace,
  hashes: readonly Sha256[],
): Promise<readonly { readonly imageHash: Sha256; readonly row: Float32Array }[]> {
  const stored = await getActivations(database, space, hashes);
  return hashes.flatMap((imageHash, index) => {
    const values = stored[index];
    return values === undefined ? [] : [{ imageHash, row: decodeFloat16(values) }];
  });
}
