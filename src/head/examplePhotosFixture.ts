import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Picture } from '../engine/preprocess.ts';

/** Soft slopes, of which JPEG loses next to nothing. */
function slopes(width: number, height: number, alphaAt: (x: number) => number): Picture {
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
    const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
    return [4 * x, 220 - 2 * x - 2 * y, 20 + 5 * y, alphaAt(x)][i % 4] ?? 0;
  });
  return { rgba, width, height };
}

export const opaque = slopes(60, 40, () => 255);
const clear = slopes(30, 36, (x) => 8 * x);
const grey: Picture = {
  ...opaque,
  rgba: opaque.rgba.map((_, i, { [i & ~3]: red = 0 }) => (i % 4 === 3 ? 255 : red)),
};

const sharpOf = ({ rgba, width, height }: Picture) =>
  sharp(rgba, { raw: { width, height, channels: 4 } });

/** The files and the pictures that they show when they are upright. */
export async function writePhotos(folder: string): Promise<Record<string, Picture>> {
  const jpeg = { quality: 100, chromaSubsampling: '4:4:4' };
  const at = (name: string) => join(folder, name);
  await sharpOf(opaque).jpeg(jpeg).toFile(at('upright.jpg'));
  // Stored turned to the left; says that it is to be turned to the right.
  await sharpOf(opaque)
    .rotate(270)
    .jpeg(jpeg)
    .withMetadata({ orientation: 6 })
    .toFile(at('turned.jpg'));
  await sharpOf(clear).png().toFile(at('clear.png'));
  await sharpOf(grey).toColourspace('b-w').jpeg(jpeg).toFile(at('grey.jpg'));
  const whole = await sharpOf(opaque).jpeg(jpeg).toBuffer();
  writeFileSync(at('broken.jpg'), whole.subarray(0, whole.length / 2));
  writeFileSync(at('words.txt'), 'No photo at all');
  return { 'upright.jpg': opaque, 'turned.jpg': opaque, 'clear.png': clear, 'grey.jpg': grey };
}
