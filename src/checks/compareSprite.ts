import { drawTile, openCanvas } from '../engine/drawTile.ts';
import { getSmallPicture } from '../storage/smallPictures.ts';
import type { DataUnderCheck } from './dataUnderCheck.ts';

/** Decoded side by side. */
const BATCH_SIZE = 32;

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
  for (let done = 0; done < photos.length; done += BATCH_SIZE) {
    report(done, photos.length);
    const batch = photos.slice(done, done + BATCH_SIZE);
    const tiles = await Promise.all(
      batch.map(async ({ imageHash }) =>
        drawTile(await getSmallPicture(database, imageHash), tileSide),
      ),
    );
    for (const [i, expected] of tiles.entries()) {
      const [row, column] = [Math.floor((done + i) / columns), (done + i) % columns];
      const found = sheet.getImageData(column * tileSide, row * tileSide, tileSide, tileSide);
      comparison.values('sprite.png', found.data, expected.data);
    }
  }
}
