import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Sides that no power of two divides, so that the last pixels of a smaller decoding cover less than others. */
const SIZE = { width: 2043, height: 1537 };

/**
 * From the pixels of a file with each EXIF orientation, `width` by `height`, to the upright photo:
 * a matrix as of canvas, for the orientations 1 to 8.
 */
const TO_UPRIGHT: readonly ((width: number, height: number) => readonly number[])[] = [
  () => [1, 0, 0, 1, 0, 0],
  (width) => [-1, 0, 0, 1, width, 0],
  (width, height) => [-1, 0, 0, -1, width, height],
  (_, height) => [1, 0, 0, -1, 0, height],
  () => [0, 1, 1, 0, 0, 0],
  (_, height) => [0, 1, -1, 0, height, 0],
  (width, height) => [0, -1, -1, 0, height, width],
  (width) => [0, -1, 1, 0, 0, width],
];

/** Writes one large photo as a PNG and as a JPEG of each orientation, all of which look alike. */
export async function writeLargePhotos(page: Page, folder: string): Promise<number> {
  writeFileSync(join(folder, 'whole.png'), await drawPhoto(page, 1, 'image/png'));
  for (const orientation of TO_UPRIGHT.keys()) {
    const jpeg = await drawPhoto(page, orientation + 1, 'image/jpeg');
    const name = `orientation-${orientation + 1}.jpg`;
    writeFileSync(join(folder, name), withOrientation(jpeg, orientation + 1));
  }
  return 1 + TO_UPRIGHT.length;
}

/** The photo with its pixels laid down as the orientation has them. */
async function drawPhoto(page: Page, orientation: number, type: string): Promise<Buffer> {
  const isTurned = orientation >= 5;
  const width = isTurned ? SIZE.height : SIZE.width;
  const height = isTurned ? SIZE.width : SIZE.height;
  const toUpright = TO_UPRIGHT[orientation - 1]?.(width, height) ?? [];
  const base64 = await page.evaluate(
    async ({ upright, sides, ...options }) => {
      const canvas = new OffscreenCanvas(sides.width, sides.height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('No canvas');
      context.setTransform(new DOMMatrix([...options.toUpright]).inverse());
      const sky = context.createLinearGradient(0, 0, upright.width, upright.height);
      sky.addColorStop(0, '#2040a0');
      sky.addColorStop(1, '#f0c060');
      context.fillStyle = sky;
      context.fillRect(0, 0, upright.width, upright.height);
      for (let i = 0; i < 40; i++) {
        context.fillStyle = `hsl(${i * 40}, 60%, ${30 + i}%)`;
        context.beginPath();
        context.arc((i * 331) % upright.width, (i * 197) % upright.height, 40 + 3 * i, 0, 7);
        context.fill();
      }
      const blob = await canvas.convertToBlob({ type: options.type, quality: 0.95 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    { upright: SIZE, sides: { width, height }, toUpright, type },
  );
  return Buffer.from(base64, 'base64');
}

/** The JPEG with an EXIF segment that holds nothing but the orientation. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const exif = [...Buffer.from('Exif\0\0MM'), 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
  const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from(segment), jpeg.subarray(2)]);
}
