import { decodePhoto } from './decode.ts';

/** Reads pixels often, so that no canvas waits for a GPU. */
const CONTEXT = { alpha: false, willReadFrequently: true } as const;

export function openCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', CONTEXT);
  if (context === null) throw new Error('This browser cannot draw off screen');
  return context;
}

/** The centre square of a picture in `side` by `side` pixels on white; white alone where it cannot be decoded. */
export async function drawTile(picture: Blob, side: number): Promise<ImageData> {
  const context = openCanvas(side, side);
  context.imageSmoothingQuality = 'high';
  context.fillStyle = 'white';
  context.fillRect(0, 0, side, side);
  await decodePhoto(picture, new Uint8Array(await picture.arrayBuffer()), (bitmap) => {
    const { width, height } = bitmap;
    const size = Math.min(width, height);
    const [left, top] = [(width - size) / 2, (height - size) / 2];
    context.drawImage(bitmap, left, top, size, size, 0, 0, side, side);
  });
  return context.getImageData(0, 0, side, side);
}
