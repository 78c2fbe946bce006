import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPhotos, PHOTO_KINDS } from '../../e2e/generatedPhotos.ts';
import type { TrainingStart } from '../../src/domain/headConfig.ts';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_EXACT_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  type HeadConfig,
} from '../../src/domain/headConfig.ts';
import type { SampleId, Sha256 } from '../../src/domain/ids.ts';
import { defaultStart, tuningStarts } from '../../src/domain/tuningStarts.ts';
import type { RunSample } from '../../src/domain/trainingRun.ts';
import { useTestBackend } from '../../src/engine/backendFixture.ts';
import { decodePng } from '../../src/engine/goldenFixture.ts';
import { createPlan } from '../../src/engine/plan.ts';
import { preprocessPixels } from '../../src/engine/preprocess.ts';
import { jobFiles } from '../../src/exporters/trainingJob/jobFiles.ts';
import { photoShards } from '../../src/intake/photoShards.ts';
import { classifierNetwork } from '../../src/network/compose.ts';
import type { Network } from '../../src/network/network.ts';
import type { OpenedNetwork } from '../../src/network/openedNetwork.ts';
import { splitClassifier } from '../../src/network/splitClassifier.ts';
import { summarise } from '../../src/network/summary.ts';
import { openFolder, openLayers, SIDE, SPEC, trainInNode, type RunPhoto } from './trainInNode.ts';

/**
 * `write FOLDER`: training jobs of generated photos, trained here first, in the folder METHOD, and pixels to ask
 * their models about. `open FOLDER`: says how far the app's answers are from those that Keras gave.
 */

const PHOTOS_PER_KIND = 40;
/** Every so many a photo is in a wrong class, so that accuracies have room to differ. */
const MISLED_EVERY = 7;
const HELD_OUT_EVERY = 3;
const NUM_GOLDEN = 8;
const NAME = 'Patterns';

async function write(folder: string): Promise<void> {
  const base = await openLayers('public/bases/starter');
  const images = new Map<Sha256, Blob>();
  const photos: RunPhoto[] = [];
  for (const [kind, name] of PHOTO_KINDS.entries()) {
    for (const [i, png] of drawPhotos(name, PHOTOS_PER_KIND, 1).entries()) {
      const sample = sampleOf(kind, i);
      const bytes = Uint8Array.from(png);
      images.set(sample.imageHash, new Blob([bytes], { type: 'image/png' }));
      photos.push({ sample, pixels: await pixelsOf(bytes) });
    }
  }
  const pixels = photos.slice(0, NUM_GOLDEN).flatMap((photo) => [...photo.pixels]);
  writeFileSync(join(folder, 'pixels.bin'), Uint8Array.from(pixels));
  for (const [method, config] of Object.entries(configs(base))) {
    const run = await trainInNode(base, photos, PHOTO_KINDS, config);
    const job = join(folder, method);
    mkdirSync(join(job, 'photos'), { recursive: true });
    for (const { path, bytes } of await jobFiles(base, run, NAME)) {
      writeFileSync(join(job, path), bytes);
    }
    const shards = photoShards({
      run,
      fileNames: new Map(),
      getImage: (hash) => Promise.resolve(images.get(hash)),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    for await (const { name, tar } of shards) {
      writeFileSync(join(job, 'photos', name), new Uint8Array(await tar.arrayBuffer()));
    }
  }
}

function configs(base: Network): Readonly<Record<string, HeadConfig>> {
  return {
    exact: DEFAULT_EXACT_CONFIG,
    gradient: {
      ...DEFAULT_GRADIENT_CONFIG,
      epochs: 10,
      hiddenLayers: [{ units: 32, activation: 'relu', hasBatchNorm: true, dropout: 0 }],
      initialisation: { kernel: { kind: 'he-normal' }, biasValue: 0 },
      labelSmoothing: 0.1,
      schedule: { kind: 'cosine', warmUpEpochs: 1 },
    },
    deeper: { ...DEFAULT_DEEPER_CONFIG, start: startOf(base), epochs: 2 },
  };
}

function startOf(base: Network): TrainingStart {
  const cut = { positions: [base.layers.length - 1], pooling: 'global-average' } as const;
  const found = defaultStart(tuningStarts(summarise(base, [SIDE, SIDE, 3]), cut));
  if (found === null) throw new Error('There is no start');
  return found.start;
}

function sampleOf(kind: number, i: number): RunSample {
  const id = `${kind}-${i}`;
  const wrong = (kind + 1) % PHOTO_KINDS.length;
  return {
    sampleId: id as SampleId,
    imageHash: id as Sha256,
    classIndex: i % MISLED_EVERY === 0 ? wrong : kind,
    part: i % HELD_OUT_EVERY === 0 ? 'validation' : 'train',
  };
}

async function pixelsOf(png: Uint8Array<ArrayBuffer>): Promise<Uint8ClampedArray> {
  const { width, height, rgb } = await decodePng(png);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return preprocessPixels({ rgba, width, height }, SPEC);
}

async function open(folder: string): Promise<void> {
  const pixels = Float32Array.from(new Uint8Array(readFileSync(join(folder, 'pixels.bin'))));
  for (const method of Object.keys(configs(await openLayers('public/bases/starter')))) {
    const out = join(folder, method, 'out');
    const expected = new Float32Array(
      Uint8Array.from(readFileSync(join(out, 'probabilities.bin'))).buffer,
    );
    const plan = createPlan(classifierOf(await openFolder(out)), [SIDE, SIDE, 3]);
    const answers = await plan.run(pixels, NUM_GOLDEN);
    plan.dispose();
    const differences = answers.map((value, i) => Math.abs(value - (expected[i] ?? NaN)));
    console.log(`${method} ${Math.max(...differences)}`);
  }
}

/** What a project is made of, put together again. Errors: where the files do not say all of it. */
function classifierOf({ classifier }: OpenedNetwork): Network {
  if (classifier === undefined) throw new Error('The model names no classes');
  const { classNames, framing, name } = classifier.describe();
  if (name !== NAME) throw new Error(`Name: ${name ?? 'none'}`);
  if (classNames.join() !== PHOTO_KINDS.join()) throw new Error(`Classes: ${classNames.join()}`);
  if (framing !== SPEC.framing) throw new Error(`Framing: ${framing}`);
  const [split] = splitClassifier(classifier.whole);
  if (split === undefined) throw new Error('The model has no head to train on');
  const cut = { positions: [split.rows.layers.length - 1], pooling: 'none' } as const;
  return classifierNetwork({ network: split.rows, cut, head: split.head });
}

await useTestBackend('wasm');
const [command, folder = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
await (command === 'write' ? write : open)(folder);
