import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTestBackend } from '../engine/backendFixture.ts';
import { createRangeMeter } from '../engine/stepRanges.ts';
import type { ClassifierExport } from '../exporters/classifierExport.ts';
import { fileBytes, formulaPixels } from '../exporters/exportFixture.ts';
import type { ExportedFile } from '../exporters/exportedFile.ts';
import { withPixelInput } from '../exporters/pixelInput.ts';
import { tfliteFiles } from '../exporters/tflite/tfliteFiles.ts';
import { tfliteSteps, type TfliteNumbers } from '../exporters/tflite/tfliteModel.ts';
import { zipFixture } from '../network/zipFixture.ts';
import { importBase } from './importBase.ts';
import {
  answerOf,
  answerOfOpened,
  classifierOf,
  EXPORT_CASES,
  EXPORTED_LABELS,
  largestDifference,
} from '../checks/openedExportFixture.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

const KINDS: readonly { readonly kind: TfliteNumbers['kind']; readonly tolerance: number }[] = [
  { kind: 'float32', tolerance: 1e-5 },
  { kind: 'float16', tolerance: 1e-2 },
  { kind: 'int8', tolerance: 0.05 },
];
const CASES = EXPORT_CASES.flatMap((each) => KINDS.map((kind) => ({ ...each, ...kind })));

function numbersOf(kind: TfliteNumbers['kind'], { network, preprocessing }: ClassifierExport) {
  if (kind !== 'int8') return { kind };
  const shape = [preprocessing.inputHeight, preprocessing.inputWidth, 3];
  const meter = createRangeMeter(tfliteSteps(withPixelInput(network, preprocessing)), shape);
  meter.measure(Float32Array.from(formulaPixels(12, 12)), 1);
  meter.dispose();
  return { kind, ranges: meter.ranges() };
}

async function zipOf(files: readonly ExportedFile[]): Promise<File> {
  const contents = files.map(({ path, bytes }) => [`Cups/${path}`, bytes] as const);
  const { size, read } = await zipFixture(Object.fromEntries(contents));
  return new File([read(0, size)], 'Cups.zip');
}

/** Without the files beside it. */
async function modelFile(classifier: ClassifierExport): Promise<File> {
  const files = await tfliteFiles(classifier, { kind: 'float32' });
  return new File([fileBytes(files, 'model.tflite')], 'cups.tflite');
}

describe('a TensorFlow Lite export of ours', () => {
  it.each(CASES)('opens from its zip and answers as before: %o', async (each) => {
    const classifier = classifierOf(each);
    const files = await tfliteFiles(classifier, numbersOf(each.kind, classifier));
    const opened = await openModel(services, { files: [await zipOf(files)] });
    expect(opened.classNames).toEqual(EXPORTED_LABELS);
    expect(opened.preprocessing).toMatchObject({ framing: 'padded', scale: [1], offset: [0] });
    expect(opened.head.hidden?.length).toBe(each.headOf?.(5, 3).hidden?.length);
    expect(opened.base).toMatchObject({ format: 'tflite', isOpaque: false });
    const expected = await answerOf(classifier.network, each.range);
    const answer = await answerOfOpened(services, opened);
    expect(largestDifference(answer, expected)).toBeLessThan(each.tolerance);
  });

  it('opens by itself, with the class names that are in it, and again', async () => {
    const [each] = EXPORT_CASES;
    const classifier = classifierOf(each);
    const files = [await modelFile(classifier)];
    const opened = await openModel(services, { files });
    expect(opened).toMatchObject({ classNames: EXPORTED_LABELS, name: null });
    const expected = await answerOf(classifier.network, each.range);
    const answer = await answerOfOpened(services, opened);
    expect(largestDifference(answer, expected)).toBeLessThan(1e-5);
    const again = await openModel(services, { files });
    expect(again).toMatchObject({ base: { id: opened.base.id }, cut: opened.cut });
    expect(await services.database.count('bases')).toBe(1);
  });

  it('is a base too, which takes pixels as they are', async () => {
    const files = [await modelFile(classifierOf(EXPORT_CASES[0]))];
    const { base } = await importBase(services, { files });
    expect(base).toMatchObject({
      format: 'tflite',
      inputHeight: 12,
      inputWidth: 12,
      pixelRange: { channelOrder: 'rgb', scale: [1], offset: [0] },
    });
  });
});

describe('a file of TensorFlow’s own converter', () => {
  /** By Keras 3.15 and TensorFlow 2.21, from `tools/keras-fixtures/make_lite.py`. */
  const FOLDER = join(import.meta.dirname, 'liteClassifier');
  const SIDE = 8;
  const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as number[];
  const pixels = Uint8ClampedArray.from({ length: SIDE * SIDE * 3 }, (_, i) => (i * 37) % 256);

  it.each([
    ['model.tflite', 1, 0, 1e-5],
    ['model-float16.tflite', 1, 0, 1e-2],
    ['model-int8.tflite', 1, 0, 0.05],
    ['model-uint8.tflite', 1 / 127.5, -1, 0.05],
  ])('opens as a project that answers as Keras: %s', async (name, scale, offset, tolerance) => {
    const model = new File([readFileSync(join(FOLDER, name))], name);
    const labels = new File(['0 Mug\n1 Bowl\n2 3 spoons\n'], 'labels.txt');
    const opened = await openModel(services, { files: [model, labels] });
    expect(opened).toMatchObject({
      classNames: EXPORTED_LABELS,
      preprocessing: {
        inputHeight: SIDE,
        inputWidth: SIDE,
        scale: [expect.closeTo(scale, 3)],
        offset: [expect.closeTo(offset, 2)],
      },
    });
    const answer = await answerOfOpened(services, opened, pixels);
    expect(largestDifference(answer, expected)).toBeLessThan(tolerance);
  });
});
