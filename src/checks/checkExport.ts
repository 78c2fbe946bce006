import type { CheckMethods } from '../bridge/exportMethods.ts';
import { GraftError } from '../domain/errors.ts';
import { FORMAT_FACTS, type ModelFormat } from '../domain/exportFormat.ts';
import { inMemory } from '../exporters/blobFile.ts';
import type { Runtime } from './runModel.ts';

type CheckExport = CheckMethods['checkExport'];
type PrepareCheck = CheckMethods['prepareCheck'];

/** Each loaded when a file of its format is to be checked. */
const RUNTIMES: Readonly<Record<ModelFormat, () => Promise<Runtime>>> = {
  'web-page': async () => (await import('./openTfjs.ts')).webPage,
  'tfjs-layers': async () => (await import('./openTfjs.ts')).tfjsLayers,
  'tfjs-graph': async () => (await import('./openTfjs.ts')).tfjsGraph,
  keras: async () => (await import('./openKeras.ts')).keras,
  'keras-h5': async () => (await import('./openKeras.ts')).kerasH5,
  onnx: async () => (await import('./openOnnx.ts')).onnx,
  'onnx-float16': async () => (await import('./openOnnx.ts')).onnx,
  tflite: async () => (await import('./openTflite.ts')).tflite,
  'tflite-float16': async () => (await import('./openTflite.ts')).tflite,
  'tflite-int8': async () => (await import('./openTflite.ts')).tflite,
};

/** Loads a format's runtime. Errors: export-unreadable {runtime, reason}. */
export async function prepareCheck({
  format,
}: PrepareCheck['params']): Promise<PrepareCheck['result']> {
  const runtime = await RUNTIMES[format]();
  await saying(format, () => runtime.start());
  return null;
}

/**
 * Reopens the files by their format's own runtime and compares the answers for the golden pictures.
 * Errors: export-unreadable {runtime, reason} where the runtime does not take them.
 */
export async function checkExport({
  format,
  files,
  golden: { shape, pixels, probabilities },
}: CheckExport['params']): Promise<CheckExport['result']> {
  const runtime = await RUNTIMES[format]();
  const [numPhotos, ...inputShape] = shape;
  const answers = await saying(format, async () => {
    const { run, dispose } = await runtime.open(await inMemory(files), inputShape);
    const values = Float32Array.from(new Uint8Array(await pixels.arrayBuffer()));
    const given = await run(values, numPhotos);
    await dispose();
    return given;
  });
  return { largestDifference: largestDifference(answers, probabilities), answers };
}

/** Says which runtime it was that failed. */
async function saying<Result>(format: ModelFormat, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const { runtime } = FORMAT_FACTS[format];
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new GraftError('export-unreadable', `${runtime}: ${reason}`, { runtime, reason });
  }
}

/** Infinite where there are not as many, or one is no number. */
function largestDifference(answers: Float32Array, expected: Float32Array): number {
  if (answers.length !== expected.length) return Infinity;
  let largest = 0;
  for (const [i, value] of expected.entries()) {
    const difference = Math.abs((answers[i] ?? NaN) - value);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
