import type { BaseMethods } from '../bridge/protocol.ts';
import { GraftError } from '../domain/errors.ts';
import { deleteStoredBase, updateStoredBase } from '../storage/bases.ts';
import { deleteParts } from '../storage/downloads.ts';
import type { Services } from './services.ts';

type Remove = BaseMethods['removeBase'];
type Discard = BaseMethods['discardDownload'];
type SetPixelRange = BaseMethods['setBasePixelRange'];

/** Frees a base's storage. What it computed stays: the same base, taken back, computes nothing again. */
export async function removeBase(
  { database, loadBase }: Services,
  { baseId }: Remove['params'],
): Promise<Remove['result']> {
  await deleteStoredBase(database, baseId);
  loadBase.forget(baseId);
  return null;
}

export async function discardDownload(
  { database }: Services,
  { source }: Discard['params'],
): Promise<Discard['result']> {
  await deleteParts(database, source);
  return null;
}

/** Errors: base-not-stored. */
export async function setBasePixelRange(
  { database, loadBase }: Services,
  { baseId, pixelRange }: SetPixelRange['params'],
): Promise<SetPixelRange['result']> {
  const change = { pixelRange, isPixelRangeGuessed: false };
  const base = await updateStoredBase(database, baseId, change);
  if (base === undefined) {
    throw new GraftError('base-not-stored', `${baseId} is not stored`, { base: baseId });
  }
  loadBase.forget(baseId);
  return { base };
}
