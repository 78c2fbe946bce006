import type { ExportMethods } from '../bridge/exportMethods.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { GraftError, throwIfCancelled } from '../domain/errors.ts';
import type { ValueRange } from '../domain/valueRange.ts';
import { createRangeMeter } from '../engine/stepRanges.ts';
import type { ClassifierExport } from '../exporters/classifierExport.ts';
import type { ExportedFile } from '../exporters/exportedFile.ts';
import { withPixelInput } from '../exporters/pixelInput.ts';
import { tfliteFiles } from '../exporters/tflite/tfliteFiles.ts';
import { tfliteSteps } from '../exporters/tflite/tfliteModel.ts';
import type { Step } from '../network/steps.ts';
import { createBreather } from './breather.ts';

type ExportModel = ExportMethods['exportModel'];

/** What a format is written with that is made for the photos of a project. */
export interface Calibration extends HandlerContext<ExportModel['progress']> {
  readonly photos:
    | {
        /** [numPhotos, height, width, 3] */
        readonly shape: readonly [number, number, number, number];
        /** 8-bit RGB of that shape. */
        readonly pixels: Uint8Array | Uint8ClampedArray;
      }
    | undefined;
}

/** 8-bit pixels are stored as they are, whatever the photos have of them. */
const PIXELS: ValueRange = { min: 0, max: 255 };

/**
 * A TensorFlow Lite model that computes in int8, its steps chosen by what values the photos make of each
 * layer. Runs the network on them on the active backend, one by one. Errors: cancelled.
 */
export async function int8Files(
  classifier: ClassifierExport,
  calibration: Calibration,
): Promise<ExportedFile[]> {
  const steps = tfliteSteps(withPixelInput(classifier.network, classifier.preprocessing));
  const measured = await measureRanges(steps, calibration);
  const ranges = measured.map((range, i) => (steps[i]?.kind === 'input' ? PIXELS : range));
  return tfliteFiles(classifier, { kind: 'int8', ranges });
}

async function measureRanges(
  steps: readonly Step[],
  { photos, signal, report }: Calibration,
): Promise<readonly ValueRange[]> {
  if (photos === undefined) throw new GraftError('internal', 'No photos to choose the steps by');
  const [total, ...inputShape] = photos.shape;
  const size = inputShape.reduce((product, each) => product * each, 1);
  const meter = createRangeMeter(steps, inputShape);
  const breathe = createBreather();
  try {
    for (let done = 0; done < total; done++) {
      throwIfCancelled(signal);
      report({ done, total });
      meter.measure(Float32Array.from(photos.pixels.subarray(done * size, (done + 1) * size)), 1);
      await breathe();
    }
    return meter.ranges();
  } finally {
    meter.dispose();
  }
}
