import { serve, type ServerEndpoint } from '../../../src/bridge/serve.ts';
import { PIXEL_RANGES } from '../../../src/domain/pixelRanges.ts';
import type { HeadWeights } from '../../../src/domain/head.ts';
import { DEFAULT_GRADIENT_CONFIG } from '../../../src/domain/headConfig.ts';
import type { PreprocessingSpec } from '../../../src/domain/preprocessing.ts';
import { startBackend } from '../../../src/engine/backends.ts';
import { decodePixels } from '../../../src/engine/decodePixels.ts';
import { createPlan, type Plan } from '../../../src/engine/plan.ts';
import { writeInput } from '../../../src/engine/preprocess.ts';
import { solveByGradient } from '../../../src/head/gradient/gradientSolver.ts';
import { applyHead } from '../../../src/head/softmaxHead.ts';
import { MOBILENET_V2_SMALL } from '../subjects.ts';
import { inputShape } from './contenders.ts';
import type { DecodeMethods, LabelledRows } from './decodeProtocol.ts';
import { fetchFile, openSubject } from './openSubject.ts';

const JPEG_QUALITY = 0.9;

interface Prepared {
  readonly plan: Plan;
  readonly head: HeadWeights;
}

let prepared: Prepared | null = null;
let photo: { readonly file: Blob; readonly bytes: Uint8Array<ArrayBuffer> } | null = null;

/** Version 1 of the preprocessing decodes every photo in full. */
function specOf(isReduced: boolean): PreprocessingSpec {
  return {
    version: isReduced ? 2 : 1,
    inputHeight: MOBILENET_V2_SMALL.inputSide,
    inputWidth: MOBILENET_V2_SMALL.inputSide,
    framing: 'centre-square',
    ...PIXEL_RANGES['signed-unit'],
  };
}

serve<DecodeMethods>(globalThis as unknown as ServerEndpoint, {
  prepare: async (rows) => {
    await startBackend('wasm');
    const network = await openSubject(MOBILENET_V2_SMALL);
    const plan = createPlan(network, inputShape(MOBILENET_V2_SMALL));
    prepared = { plan, head: await fitHead(rows) };
    return null;
  },
  compare: async ({ address, numPixels }) => {
    const { file, width, height } = await enlarge(
      await (await fetchFile(address)).blob(),
      numPixels,
    );
    photo = { file, bytes: new Uint8Array(await file.arrayBuffer()) };
    const plain = await timed(() => decode(false));
    const reduced = await timed(() => decode(true));
    const [full, part] = [await activationOf(plain.value), await activationOf(reduced.value)];
    return {
      megapixels: (width * height) / 1e6,
      plainMs: plain.durationMs,
      reducedMs: reduced.durationMs,
      cosine: cosineOf(full, part),
      isSameClass: classOf(full) === classOf(part),
    };
  },
  measure: async ({ isReduced, durationMs }) => {
    const startedAt = performance.now();
    let numPhotos = 0;
    let elapsedMs = 0;
    while (elapsedMs < durationMs) {
      await decode(isReduced);
      numPhotos++;
      elapsedMs = performance.now() - startedAt;
    }
    return (numPhotos * 1000) / elapsedMs;
  },
});

async function decode(isReduced: boolean): Promise<Uint8ClampedArray> {
  if (photo === null) throw new Error('There is no photo yet');
  const decoded = await decodePixels(photo.file, photo.bytes, specOf(isReduced));
  if (decoded.status === 'rejected') throw new Error(`A photo is ${decoded.problem}`);
  return decoded.value;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; durationMs: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, durationMs: performance.now() - startedAt };
}

/** A JPEG of so many pixels, as from a phone. */
async function enlarge(original: Blob, numPixels: number) {
  const small = await createImageBitmap(original);
  const scale = Math.sqrt(numPixels / (small.width * small.height));
  const [width, height] = [small.width, small.height].map((side) => Math.round(side * scale));
  const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser cannot draw off screen');
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
  small.close();
  const file = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return { file, width: canvas.width, height: canvas.height };
}

async function activationOf(pixels: Uint8ClampedArray): Promise<Float32Array> {
  if (prepared === null) throw new Error('There is no network yet');
  const input = new Float32Array(pixels.length);
  writeInput(pixels, specOf(true), input, 0);
  return prepared.plan.run(input, 1);
}

function classOf(activation: Float32Array): number {
  if (prepared === null) throw new Error('There is no head yet');
  const probabilities = applyHead(activation, prepared.head);
  return probabilities.indexOf(Math.max(...probabilities));
}

async function fitHead({ activations, classIndices, numClasses }: LabelledRows) {
  const activationSize = activations.length / classIndices.length;
  const train = { activations, classIndices };
  const set = { train, validation: null, activationSize, numClasses };
  const epochs = solveByGradient(set, DEFAULT_GRADIENT_CONFIG, new AbortController().signal);
  for (;;) {
    const epoch = await epochs.next();
    if (epoch.done === true) return epoch.value.weights;
  }
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
