import type { BaseMethods } from '../bridge/protocol.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { Services } from './services.ts';

type Preview = BaseMethods['previewViews'];

/** Draws views of a stored photo as the base would see them, from the very pixels. */
export async function previewViews(
  { loadBase, photos }: Services,
  { baseId, framing, imageHash, views }: Preview['params'],
): Promise<Preview['result']> {
  const { base } = await loadBase(baseId);
  const spec = preprocessingFor(base, framing);
  const sources = views.map((view) => ({ photo: imageHash, view }));
  const prepared = sources.length === 0 ? [] : await photos.prepare(sources, spec);
  const pictures = prepared.map((view) => {
    if (view.status === 'decoded') return drawPicture(view.value, spec.inputWidth);
    throw new GraftError('not-found', `The photo cannot be shown: ${view.problem}`);
  });
  return { pictures: await Promise.all(pictures) };
}

/** `pixels`: 8-bit RGB, [height, width, 3]. */
function drawPicture(pixels: Uint8ClampedArray, width: number): Promise<Blob> {
  const image = new ImageData(width, pixels.length / 3 / width);
  for (let pixel = 0; pixel < pixels.length / 3; pixel++) {
    image.data.set(pixels.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    image.data[pixel * 4 + 3] = 255;
  }
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}
