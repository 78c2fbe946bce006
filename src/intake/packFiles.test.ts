import { expect, it } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { allOf, withZipHere } from './intakeFixture.ts';
import { packFiles } from './packFiles.ts';
import { listZip } from './zipReading.ts';

const CONFIG = { path: 'model.json', bytes: new Blob(['{}']) };

it('puts every file into the zip, byte for byte, in order', async () => {
  const weights = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
  const { blob, extension } = await packFiles(withZipHere, [
    CONFIG,
    { path: 'weights/1.bin', bytes: new Blob([weights]) },
  ]);
  expect(extension).toBe('.zip');
  expect(blob.type).toBe('application/zip');
  const files = await allOf(listZip(blob));
  expect(files.map(({ path }) => path)).toEqual(['model.json', 'weights/1.bin']);
  const bytes = new Uint8Array((await (await files[1]?.read(''))?.arrayBuffer()) ?? []);
  expect(bytes).toEqual(weights);
});

it('adds what becomes known later behind the others', async () => {
  const { blob } = await packFiles(
    withZipHere,
    [CONFIG],
    Promise.resolve([{ ...CONFIG, path: 'proof.json' }]),
  );
  const files = await allOf(listZip(blob));
  expect(files.map(({ path }) => path)).toEqual(['model.json', 'proof.json']);
});

it('leaves a single file as it is', async () => {
  const { blob, extension } = await packFiles(withZipHere, [{ ...CONFIG, path: 'index.html' }]);
  expect(extension).toBe('.html');
  expect(await blob.text()).toBe('{}');
});

it.each([[[CONFIG]], [[CONFIG, { ...CONFIG, path: 'b.json' }]]])(
  'makes nothing of files that fail a check',
  async (files) => {
    const differs = new GraftError('export-differs', 'It differs');
    await expect(packFiles(withZipHere, files, Promise.reject(differs))).rejects.toBe(differs);
  },
);
