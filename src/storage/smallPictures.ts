import type { Sha256 } from '../domain/ids.ts';
import type { Database } from './database.ts';
import { getImage } from './images.ts';
import { getThumbnail } from './thumbnails.ts';

/** The photo's thumbnail, or the photo itself where that is gone; an empty file where both are. */
export async function getSmallPicture(database: Database, hash: Sha256): Promise<Blob> {
  const thumbnail = await getThumbnail(database, hash);
  if (thumbnail !== undefined) return new Blob([thumbnail.bytes]);
  return (await getImage(database, hash)) ?? new Blob();
}
