import type { BaseMethods } from '../bridge/protocol.ts';
import { openFiles } from '../engine/openFiles.ts';
import { putStoredBase } from '../storage/bases.ts';
import { baseFromFiles } from './baseFromFiles.ts';
import { describeOn } from './describeBase.ts';
import { sizeOf } from './downloadBase.ts';
import type { Services } from './services.ts';

type Store = BaseMethods['storeTrainedBase'];

/**
 * Stores a network that was trained here as any other base: read back from its files, known by its hash.
 * The same weights, trained again, take the place of the first. Errors: base-invalid, quota-exceeded.
 */
export async function storeTrainedBase(
  { database, loadBase, runner }: Pick<Services, 'database' | 'loadBase' | 'runner'>,
  { name, files, pixelRange, cut, training }: Store['params'],
): Promise<Store['result']> {
  const named = files.map(({ path, bytes }) => ({ name: path, blob: new Blob([bytes]) }));
  const origin = { name, origin: 'trained', addresses: [], sizeBytes: sizeOf(named) } as const;
  const found = await baseFromFiles(await openFiles(named), origin, describeOn(runner));
  const known = { pixelRange, isPixelRangeGuessed: false, defaultCut: cut, training };
  const base = { ...found, ...known };
  await putStoredBase(database, { id: base.id, base, files: named, storedAt: Date.now() }, null);
  loadBase.forget(base.id);
  return { base };
}
