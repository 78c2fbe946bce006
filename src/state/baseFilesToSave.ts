import { GraftError } from '../domain/errors.ts';
import { safeFileName } from '../domain/fileName.ts';
import type { BaseId } from '../domain/ids.ts';
import type { WithZip } from '../zip/zipTarget.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';
import type { FileToSave } from './exportState.ts';

/**
 * The files of a stored base for a download: a single one as it is, several as a zip, both of which can
 * be added again as a base. Errors: base-not-stored {base}.
 */
export async function baseFilesToSave(
  { database, withZip }: { readonly database: Database; readonly withZip: WithZip },
  id: BaseId,
): Promise<FileToSave> {
  const stored = await getStoredBase(database, id);
  const [first, ...others] = stored?.files ?? [];
  if (stored === undefined || first === undefined) {
    throw new GraftError('base-not-stored', `${id} is not stored`, { base: id });
  }
  if (others.length === 0) return { fileName: first.name, blob: first.blob };
  const zipped = await withZip('application/zip', async (zip) => {
    // Weights hardly shrink, and what lies in a zip as it is can be read there.
    for (const { name, blob } of stored.files) await zip.add(name, blob, 'stored');
    return zip.close();
  });
  return { fileName: `${safeFileName(stored.base.name)}.zip`, blob: zipped };
}
