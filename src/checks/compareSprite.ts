import { drawTile, openCanvas } from '../engine/drawTile.ts';
import { getSmallPicture } from '../storage/smallPictures.ts';
import type { DataUnderCheck } from './dataUnderCheck.ts';

/** Finds each photo's thumbnail where the projector would cut it out of the sprite. Errors: Error. */
export async function compareSprite(
  { database, photos, comparison, report }: DataUnderCheck,
  file: Blob,
  tileSide: number,
): Promise<void> {
  const bitmap = await createImageBitmap(file);
  const sheet = openCanvas(bitmap.width, bitmap.height);
  sheet.drawImage(bitmap, 0, 0);
  bitmap.close();
  // The projector divides the picture's width by that of a thumbnail.
  const columns = Math.floor(sheet.canvas.width / tileSide);
  for (const [i, { imageHash }] of photos.entries()) {
    if (i % 64 === 0) report(i, photos.length);
    const [left, top] = [(i % columns) * tileSide, Math.floor(i / columns) * tileSide];
    const found = sheet.getImageData(left, top, tileSide, tileSide);
    const expected = await drawTile(await getSmallPicture(database, imageHash), tileSide);
    comparison.values('sprite.png', found.data, expected.data);
  }
}
