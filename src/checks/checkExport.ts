import type { CheckMethods } from '../bridge/exportMethods.ts';
import { GraftError } from '../domain/errors.ts';
import { FORMAT_FACTS, type ModelFormat } from '../domain/exportFormat.ts';
import type { OpenModel } from './runModel.ts';

type CheckExport = CheckMethods['checkExport'];

/** Each runtime is loaded when a file of its format is checked. */
const OPENERS: Readonly<Record<ModelFormat, () => Promise<OpenModel>>> = {
  'web-page': async () => (await import('./openTfjs.ts')).openWebPage,
  'tfjs-layers': async () => (await import('./openTfjs.ts')).openTfjsLayers,
  'tfjs-graph': async () => (await import('./openTfjs.ts')).openTfjsGraph,
  keras: async () => (await import('./openKeras.ts')).openKeras,
  'keras-h5': async () => (await import('./openKeras.ts')).openKerasH5,
  onnx: async () => (await import('./openOnnx.ts')).openOnnx,
  'onnx-float16': async () => (await import('./openOnnx.ts')).openOnnx,
  tflite: async () => (await import('./openTflite.ts')).openTflite,
  'tflite-float16': async () => (await import('./openTflite.ts')).openTflite,
  'tflite-int8': async () => (await import('./openTflite.ts')).openTflite,
};

/**
 * Reopens the files by their format's own runtime and compares the answers for the golden pictures.
 * Errors: export-unreadable {runtime, reason} where the runtime does not take them.
 */
export async function checkExport({
  format,
  files,
  golden: { shape, pixels, probabilities },
}: CheckExport['params']): Promise<CheckExport['result']> {
  const open = await OPENERS[format]();
  const [numPhotos, ...inputShape] = shape;
  try {
    const run = await open(files, inputShape);
    const answers = await run(Float32Array.from(pixels), numPhotos);
    return { largestDifference: largestDifference(answers, probabilities), answers };
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
