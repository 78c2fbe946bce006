import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readZip } from '../../e2e/zipFiles.ts';
import type { PreprocessingSpec } from '../../src/domain/preprocessing.ts';
import { decodePng } from '../../src/engine/goldenFixture.ts';
import { createPlan } from '../../src/engine/plan.ts';
import { preprocessPixels } from '../../src/engine/preprocess.ts';
import { bytesInMemory } from '../../src/network/byteSource.ts';
import { openNetwork } from '../../src/network/openNetwork.ts';

/** Photos whose answers are compared; exports carry none of theirs. */
const NUM_ANSWERED = 8;

/**
 * A folder of the data files among those that `e2e/exports.spec.ts` has left in `folder`, with the photos and
 * what the app answers for some of them, by their hashes.
 */
export async function browserData(root: string, folder: string): Promise<string> {
  const target = join(root, 'browser-data');
  mkdirSync(join(target, 'photos'), { recursive: true });
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const photos = paths.filter((path) => path.endsWith('.png')).map((path) => join(folder, path));
  for (const photo of photos) copyFileSync(photo, join(target, 'photos', basename(photo)));
  for (const path of paths) {
    const source = join(folder, path);
    if (path.endsWith('.npz')) copyFileSync(source, join(target, 'activations.npz'));
    else if (path.endsWith('-safetensors.zip') || path.endsWith('-projector.zip')) {
      for (const [name, bytes] of await readZip(source)) writeFileSync(join(target, name), bytes);
    } else if (path.endsWith('-keras.zip')) {
      const expected = await answersOf(source, photos.slice(0, NUM_ANSWERED));
      writeFileSync(join(target, 'expected.json'), JSON.stringify(expected));
    }
  }
  return target;
}

/** What the app's engine answers for photos by the Keras file, which the app has compared with itself. */
async function answersOf(zip: string, paths: readonly string[]) {
  const files = await readZip(zip);
  const model = bytesInMemory('model.keras', new Uint8Array(files.get('model.keras') ?? []));
  const opened = await openNetwork([model]);
  if (!('network' in opened)) throw new Error('model.keras was not read as layers');
  const preprocessing = String(files.get('preprocessing.json'));
  const { spec } = JSON.parse(preprocessing) as { readonly spec: PreprocessingSpec };
  const plan = createPlan(opened.network, [spec.inputHeight, spec.inputWidth, 3]);
  const probabilities: number[][] = [];
  const photos: string[] = [];
  for (const path of paths) {
    const bytes = new Uint8Array(readFileSync(path));
    photos.push(createHash('sha256').update(bytes).digest('hex'));
    probabilities.push([...(await plan.run(await pixelsOf(bytes, spec), 1))]);
  }
  plan.dispose();
  return { photos, probabilities };
}

async function pixelsOf(
  png: Uint8Array<ArrayBuffer>,
  spec: PreprocessingSpec,
): Promise<Float32Array> {
  const { width, height, rgb } = await decodePng(png);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return Float32Array.from(preprocessPixels({ rgba, width, height }, spec));
}
