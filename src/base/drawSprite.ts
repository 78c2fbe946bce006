import type { SpriteMethods } from '../bridge/dataMethods.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import { spriteGrid } from '../domain/spriteGrid.ts';
import { drawTile, openCanvas } from '../engine/drawTile.ts';
import { getSmallPicture } from '../storage/smallPictures.ts';
import type { Services } from './services.ts';

type DrawSprite = SpriteMethods['drawSprite'];

const BATCH_SIZE = 32;

/** Thumbnails in one picture, row by row; what is left of the last row stays white. */
export async function drawSprite(
  { database }: Pick<Services, 'database'>,
  { imageHashes }: DrawSprite['params'],
  { signal, report }: HandlerContext<DrawSprite['progress']>,
): Promise<DrawSprite['result']> {
  const { columns, rows, tileSide } = spriteGrid(imageHashes.length);
  const sheet = openCanvas(columns * tileSide, rows * tileSide);
  sheet.fillStyle = 'white';
  sheet.fillRect(0, 0, columns * tileSide, rows * tileSide);
  for (let done = 0; done < imageHashes.length; done += BATCH_SIZE) {
    throwIfCancelled(signal);
    report({ done, total: imageHashes.length });
    const batch = imageHashes.slice(done, done + BATCH_SIZE);
    const pictures = await Promise.all(batch.map((hash) => getSmallPicture(database, hash)));
    const tiles = await Promise.all(pictures.map((picture) => drawTile(picture, tileSide)));
    for (const [i, tile] of tiles.entries()) {
      const [row, column] = [Math.floor((done + i) / columns), (done + i) % columns];
      sheet.putImageData(tile, column * tileSide, row * tileSide);
    }
  }
  throwIfCancelled(signal);
  return { sprite: await sheet.canvas.convertToBlob({ type: 'image/png' }) };
}
