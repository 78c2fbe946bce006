import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { openClassifier } from './classifier.js';

/** The exported files lie in the folder above this one. */
export function openInNode() {
  return openClassifier(async (name) => {
    const bytes = await readFile(new URL(`../${name}`, import.meta.url));
    return new Uint8Array(bytes).buffer;
  });
}

/** Upright pixels in sRGB. `photo`: the path of an image file, or its bytes. Fails if it is damaged or none. */
export async function readPhoto(photo) {
  const { data, info } = await sharp(photo, { failOn: 'error', limitInputPixels: 100_000_000 })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
