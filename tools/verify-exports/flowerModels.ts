import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_EXACT_CONFIG } from '../../src/domain/headConfig.ts';
import type { HeadWeights } from '../../src/domain/head.ts';
import { PIXEL_RANGES } from '../../src/domain/pixelRanges.ts';
import { useTestBackend } from '../../src/engine/backendFixture.ts';
import { createPlan } from '../../src/engine/plan.ts';
import { kerasFile } from '../../src/exporters/keras/kerasFile.ts';
import { withPixelInput } from '../../src/exporters/pixelInput.ts';
import { solveExactly } from '../../src/head/exact/exactSolver.ts';
import { int8Files } from '../../src/head/int8Files.ts';
import { classifierNetwork, pooledNetwork } from '../../src/network/compose.ts';
import { loadTfjsLayers } from '../../src/network/loadTfjsLayers.ts';
import type { Network } from '../../src/network/network.ts';

/**
 * Trains a classifier of flowers on the pictures of a folder and writes it there as Keras and as TensorFlow
 * Lite of 8 bits, with its answers for the test pictures. Arguments: folder, assets. `verify_int8.py`
 * writes the pictures.
 */

const SIDE = 224;
const PHOTO_SIZE = SIDE * SIDE * 3;
const INPUT_SHAPE = [SIDE, SIDE, 3];
const LABELS = ['daisy', 'dandelion', 'roses', 'sunflowers', 'tulips'];
/** Every fifth, so that each class is there. */
const CALIBRATION_STEP = 5;
const BATCH_SIZE = 20;

async function main(folder: string, assets: string): Promise<void> {
  await useTestBackend('wasm');
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
  const [train, test] = [read('train.bin'), read('test.bin')];
  const base = openBase(join(assets, 'weights/mobilenet_v2_0.35_224'));
  const range = PIXEL_RANGES['signed-unit'];
  const cut = { positions: [base.layers.length - 1], pooling: 'global-average' } as const;
  const activations = await runAll(withPixelInput(pooledNetwork(base, cut), range), train);
  const head = await fitHead(activations, Int32Array.from(read('classes.bin')));
  const network = classifierNetwork({ network: base, cut, head });

  const whole = withPixelInput(network, range);
  writeFileSync(join(folder, 'probabilities.bin'), await runAll(whole, test));
  writeFileSync(join(folder, 'model.keras'), (await kerasFile(whole)).bytes);
  const preprocessing = {
    ...range,
    version: 1,
    inputHeight: SIDE,
    inputWidth: SIDE,
    framing: 'centre-square',
  } as const;
  const files = await int8Files(
    { network, labels: LABELS, preprocessing, modelName: 'Flowers', createdAt: new Date(0) },
    { photos: everyFifth(train), signal: new AbortController().signal, report: () => undefined },
  );
  const model = files.find(({ path }) => path === 'model.tflite');
  writeFileSync(join(folder, 'model-int8.tflite'), model?.bytes ?? '');
}

function openBase(folder: string): Network {
  const modelJson = readFileSync(join(folder, 'model.json'), 'utf8');
  const weights = new Uint8Array(readFileSync(join(folder, 'weights.bin'))).buffer;
  return loadTfjsLayers({ modelJson, weights });
}

async function runAll(network: Network, photos: Uint8Array): Promise<Float32Array> {
  const plan = createPlan(network, INPUT_SHAPE);
  const rows: Float32Array[] = [];
  for (let start = 0; start < photos.length; start += BATCH_SIZE * PHOTO_SIZE) {
    const batch = Float32Array.from(photos.subarray(start, start + BATCH_SIZE * PHOTO_SIZE));
    rows.push(await plan.run(batch, batch.length / PHOTO_SIZE));
  }
  plan.dispose();
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

async function fitHead(activations: Float32Array, classIndices: Int32Array): Promise<HeadWeights> {
  const set = {
    train: { activations, classIndices },
    validation: null,
    activationSize: activations.length / classIndices.length,
    numClasses: LABELS.length,
  };
  const config = { ...DEFAULT_EXACT_CONFIG, scaling: 'standardised', l2: 0.1 } as const;
  const solving = solveExactly(set, config, new AbortController().signal);
  let step = await solving.next();
  while (step.done !== true) step = await solving.next();
  return step.value.weights;
}

function everyFifth(photos: Uint8Array) {
  const count = photos.length / PHOTO_SIZE / CALIBRATION_STEP;
  const pixels = new Uint8ClampedArray(count * PHOTO_SIZE);
  for (let i = 0; i < count; i++) {
    const start = i * CALIBRATION_STEP * PHOTO_SIZE;
    pixels.set(photos.subarray(start, start + PHOTO_SIZE), i * PHOTO_SIZE);
  }
  return { shape: [count, SIDE, SIDE, 3] as const, pixels };
}

const [folder = '', assets = ''] = process.argv.slice(2);
await main(folder, assets);
