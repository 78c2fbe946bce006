import { openClassifier } from './classifier.js';

/** `folder`: the address of the exported files, with a slash at its end. */
export function openInBrowser(folder) {
  return openClassifier(async (name) => {
    const response = await fetch(new URL(name, folder));
    if (!response.ok) throw new Error(`${name}: status ${response.status}`);
    return response.arrayBuffer();
  });
}

/** Upright pixels of an image file. Fails if this browser cannot read it. */
export async function readPhoto(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}
