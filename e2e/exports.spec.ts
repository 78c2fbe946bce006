import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expectDataFiles } from './dataExports.ts';
import { expect, test } from './fixtures.ts';
import { PHOTO_KINDS } from './generatedPhotos.ts';
import { expectedWhenOpened, expectTrainedOn } from './openedExports.ts';
import { readZip } from './zipFiles.ts';

const PHOTOS_PER_KIND = 12;
const NUM_PHOTOS = PHOTOS_PER_KIND * PHOTO_KINDS.length;

const FORMATS = [
  { name: 'TF.js', file: 'model.json', largestDifference: 1e-4 },
  { name: 'TF.js graph model', file: 'model.json', largestDifference: 1e-4 },
  { name: 'Keras', file: 'model.keras', largestDifference: 1e-4 },
  { name: 'Keras, HDF5 (.h5)', file: 'model.h5', largestDifference: 1e-4 },
  { name: 'ONNX', file: 'model.onnx', largestDifference: 1e-4 },
  { name: 'ONNX, half the size', file: 'model.onnx', largestDifference: 1e-2 },
  { name: 'TensorFlow Lite', file: 'model.tflite', largestDifference: 1e-4 },
  { name: 'TensorFlow Lite, half the size', file: 'model.tflite', largestDifference: 1e-2 },
] as const;
/** Each kind of file once; that of Teachable Machine and the one page open in openExports.spec.ts. */
const OPENED: readonly string[] = ['TF.js graph model', 'Keras', 'ONNX', 'TensorFlow Lite'];

test('every format is opened by its own runtime before it is saved, and here afterwards', async ({
  page,
  screens,
  folder,
}) => {
  test.setTimeout(240_000);
  const kept = process.env['GRAFT_EXPORTS'] ?? folder;
  await collectGenerated(screens, join(kept, 'photos'), PHOTOS_PER_KIND);
  await screens.train.open();
  await screens.train.train();
  const expected = await expectedWhenOpened(folder, screens);
  await screens.export.open();
  const files: string[] = [];
  const sizes = new Map<string, number>();
  for (const { name, file, largestDifference } of FORMATS) {
    const target = join(kept, name.replaceAll(/\W+/g, '-'));
    const path = await screens.export.downloadModel(target, name);
    if (OPENED.includes(name)) files.push(path);
    const zip = await readZip(path);
    expect([...zip.keys()]).toEqual(
      expect.arrayContaining([file, 'labels.txt', 'verified.json', 'golden/8.png']),
    );
    sizes.set(name, zip.get(file)?.length ?? NaN);
    expect(await screens.export.proof()).toContain(
      'gave the app’s answers on 8 photos and eight drawings',
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
  };
  expect(measured.numPhotos).toBe(6);
  expect(measured.agreement).toBeGreaterThan(0.8);
  expect(measured.accuracy.after).toBeGreaterThan(0.8);
  expect(zip.get('model.tflite')?.length ?? Infinity).toBeLessThan(1_000_000);
  await expect(page.getByRole('alert')).toHaveCount(0);
});
