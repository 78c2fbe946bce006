import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readZip } from '../../e2e/zipFiles.ts';
import type { PreprocessingSpec } from '../../src/domain/preprocessing.ts';
import { decodePng } from '../../src/engine/goldenFixture.ts';
import { createPlan } from '../../src/engine/plan.ts';
import { preprocessPixels } from '../../src/engine/preprocess.ts';
import { bytesInMemory } from '../../src/network/byteSource.ts';
import { openNetwork } from '../../src/network/openNetwork.ts';
import { writeGolden } from './golden.ts';

/** How near an answer must be to the app's for the photo to be the one that was meant. */
const SAME_PHOTO = 1e-3;

type ZipFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/**
 * Golden folders of the zips that `e2e/exports.spec.ts` has left in `folder`, each in a folder of its own,
 * with the photos beside them. Which photos the app's answers in `verified.json` belong to is found by
 * what the Keras file says to each, read by the importer.
 */
export async function browserExports(root: string, folder: string): Promise<string[]> {
  const zips = await readZips(folder);
  const keras = [...zips.values()].find((files) => files.has('model.keras'));
  if (keras === undefined) throw new Error(`No Keras file among the exports in ${folder}`);
  const { spec } = jsonOf(keras, 'preprocessing.json') as { readonly spec: PreprocessingSpec };
  const { expected } = jsonOf(keras, 'verified.json') as {
    readonly expected: readonly (readonly number[])[];
  };
  const photos = await Promise.all(filesIn(folder, '.png').map((path) => pixelsOf(path, spec)));
  const answers = await answersOf(keras, spec, photos);
  const meant = expected.map((row) => photos[nearest(row, answers)] ?? new Uint8Array());
  const golden = {
    shape: [meant.length, spec.inputHeight, spec.inputWidth, 3],
    pixels: Buffer.concat(meant),
    probabilities: Float32Array.from(expected.flat()),
  } as const;
  return [...zips].map(([name, files]) => {
    const target = join(root, `browser-${name}`);
    const models = [...files].filter(([path]) => /^model\.[^/]+$/.test(path));
    writeGolden(
      target,
      models.map(([path, bytes]) => ({ path, bytes })),
      golden,
    );
    return target;
  });
}

function filesIn(folder: string, ending: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => path.endsWith(ending)).map((path) => join(folder, path));
}

async function readZips(folder: string): Promise<ReadonlyMap<string, ZipFiles>> {
  const paths = filesIn(folder, '.zip');
  const entries = await Promise.all(
    paths.map(async (path) => {
      const files = [...(await readZip(path))].map(
        ([name, bytes]) => [name, new Uint8Array(bytes)] as const,
      );
      return [basename(dirname(path)), new Map(files)] as const;
    }),
  );
  return new Map(entries);
}

async function pixelsOf(path: string, spec: PreprocessingSpec): Promise<Uint8Array> {
  const { width, height, rgb } = await decodePng(new Uint8Array(readFileSync(path)));
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return Uint8Array.from(preprocessPixels({ rgba, width, height }, spec));
}

async function answersOf(
  files: ZipFiles,
  { inputHeight, inputWidth }: PreprocessingSpec,
  photos: readonly Uint8Array[],
): Promise<Float32Array[]> {
  const bytes = files.get('model.keras') ?? new Uint8Array();
  const opened = await openNetwork([bytesInMemory('model.keras', bytes)]);
  if (!('network' in opened)) throw new Error('model.keras was not read as layers');
  const plan = createPlan(opened.network, [inputHeight, inputWidth, 3]);
  const answers: Float32Array[] = [];
  for (const pixels of photos) answers.push(await plan.run(Float32Array.from(pixels), 1));
  plan.dispose();
  return answers;
}

function nearest(row: readonly number[], answers: readonly Float32Array[]): number {
  const distances = answers.map((answer) =>
    Math.max(...row.map((value, i) => Math.abs(value - (answer[i] ?? NaN)))),
  );
  const smallest = Math.min(...distances);
  if (!(smallest <= SAME_PHOTO)) throw new Error(`No photo has the app's answer ${row.join(', ')}`);
  return distances.indexOf(smallest);
}

function jsonOf(files: ZipFiles, path: string): unknown {
  return JSON.parse(new TextDecoder().decode(files.get(path)));
}
