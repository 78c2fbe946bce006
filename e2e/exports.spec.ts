import { join, resolve } from 'node:path';
import type { GoldenPicture } from '../src/state/goldenAnswers.ts';
import { askLiteRt } from './askLiteRt.ts';
import { collectGenerated } from './collectGenerated.ts';
import { expectDataFiles } from './dataExports.ts';
import { expect, test } from './fixtures.ts';
import { PHOTO_KINDS } from './generatedPhotos.ts';
import { expectedWhenOpened, expectTrainedOn } from './openedExports.ts';
import { readZip } from './zipFiles.ts';

const PHOTOS_PER_KIND = 12;
const NUM_PHOTOS = PHOTOS_PER_KIND * PHOTO_KINDS.length;

const IN_TFJS = { proof: 'Verified: TF.js opened the file and', largestDifference: 1e-4 };
const READ_BACK = { proof: 'Read back: the file was opened again and', largestDifference: 1e-4 };
const IN_ONNX = { proof: 'Verified: ONNX Runtime Web opened the file and', wasm: 'ort-wasm' };
const IN_LITERT = { proof: 'Verified: LiteRT.js opened the file and', wasm: 'litert_wasm' };
interface Format {
  readonly name: string;
  readonly file: string;
  readonly proof: string;
  readonly largestDifference: number;
  /** A part of the name of what the runtime loads. */
  readonly wasm?: string;
}
const FORMATS: readonly Format[] = [
  { name: 'TF.js', file: 'model.json', ...IN_TFJS },
  { name: 'TF.js graph model', file: 'model.json', ...IN_TFJS },
  { name: 'Keras', file: 'model.keras', ...READ_BACK },
  { name: 'Keras, HDF5 (.h5)', file: 'model.h5', ...READ_BACK },
  { name: 'ONNX', file: 'model.onnx', ...IN_ONNX, largestDifference: 1e-4 },
  { name: 'ONNX, half the size', file: 'model.onnx', ...IN_ONNX, largestDifference: 1e-2 },
  { name: 'TensorFlow Lite', file: 'model.tflite', ...IN_LITERT, largestDifference: 1e-4 },
  {
    name: 'TensorFlow Lite, half the size',
    file: 'model.tflite',
    ...IN_LITERT,
    largestDifference: 1e-2,
  },
];
/** Each kind of file once; that of Teachable Machine and the one page open in openExports.spec.ts. */
const OPENED: readonly string[] = ['TF.js graph model', 'Keras', 'ONNX', 'TensorFlow Lite'];

test('every format is opened by its own runtime before it is saved, and here afterwards', async ({
  page,
  screens,
  folder,
}) => {
  test.setTimeout(240_000);
  const kept = resolve(process.env['GRAFT_EXPORTS'] ?? folder);
  await collectGenerated(screens, join(kept, 'photos'), PHOTOS_PER_KIND);
  await screens.train.open();
  await screens.train.train();
  const expected = await expectedWhenOpened(folder, screens);
  await screens.export.open();
  const files: string[] = [];
  const sizes = new Map<string, number>();
  const requested: string[] = [];
  page.context().on('request', (request) => requested.push(request.url()));
  const loaded = new Set<string>();
  for (const { name, file, proof: sentence, largestDifference, wasm } of FORMATS) {
    // A runtime comes with the first file that it is to run.
    for (const runtime of ['ort-wasm', 'litert_wasm']) {
      expect(requested.some((url) => url.includes(runtime))).toBe(loaded.has(runtime));
    }
    if (wasm !== undefined) loaded.add(wasm);
    const target = join(kept, name.replaceAll(/\W+/g, '-'));
    const path = await screens.export.downloadModel(target, name);
    if (OPENED.includes(name)) files.push(path);
    const zip = await readZip(path);
    expect([...zip.keys()]).toEqual(
      expect.arrayContaining([file, 'labels.txt', 'verified.json', 'golden/8.png']),
    );
    sizes.set(name, zip.get(file)?.length ?? NaN);
    expect(await screens.export.proof()).toContain(
      `${sentence} gave the app’s answers on 8 photos and eight drawings`,
    );
    const proof = JSON.parse(new TextDecoder().decode(zip.get('verified.json'))) as {
      readonly largestDifference: number;
      readonly photos: { readonly number: number };
      readonly golden: readonly object[];
    };
    expect(proof.largestDifference).toBeLessThan(largestDifference);
    expect(proof.photos.number).toBe(8);
    expect(proof.golden).toHaveLength(8);
  }
  for (const whole of ['ONNX', 'TensorFlow Lite']) {
    expect(sizes.get(`${whole}, half the size`)).toBeLessThan(0.7 * (sizes.get(whole) ?? NaN));
  }
  files.push(await expectDataFiles(screens, kept, NUM_PHOTOS));
  for (const file of files) await expectTrainedOn(page, file, expected);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('what a model of 8 bits loses is measured and told before it is saved', async ({
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await screens.train.open();
  await screens.train.train();
  await screens.export.open();
  const sentence = await screens.export.makeQuantised();
  expect(sentence).toMatch(/of 6 photos that were held out/);
  const zip = await readZip(await screens.export.saveQuantised(folder));
  const measured = JSON.parse(new TextDecoder().decode(zip.get('measured.json'))) as {
    readonly numPhotos: number;
    readonly agreement: number;
    readonly accuracy: { readonly before: number; readonly after: number };
    readonly golden: readonly GoldenPicture[];
  };
  expect(measured.numPhotos).toBe(6);
  expect(measured.agreement).toBeGreaterThan(0.8);
  expect(measured.accuracy.after).toBeGreaterThan(0.8);
  expect(zip.get('model.tflite')?.length ?? Infinity).toBeLessThan(1_000_000);

  expect(measured.golden).toHaveLength(8);
  const pictures = measured.golden.map(({ file }) => file);
  const answers = await askLiteRt(page.context(), zip, pictures);
  for (const [i, { probabilities, largestDifference }] of measured.golden.entries()) {
    const differences = probabilities.map((value, k) => Math.abs(value - (answers[i]?.[k] ?? NaN)));
    expect(Math.max(...differences)).toBeCloseTo(largestDifference, 5);
  }
  await expect(page.getByRole('alert')).toHaveCount(0);
});
