import { expect, it } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { allOf } from './intakeFixture.ts';
import { packFiles } from './packFiles.ts';
import { listZip } from './zipReading.ts';

const CONFIG = { path: 'model.json', bytes: new TextEncoder().encode('{}') };

it('puts every file into the zip, byte for byte, in order', async () => {
  const weights = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
  const { blob, extension } = await packFiles([
    CONFIG,
    // A view into a larger buffer, as workers send them.
    { path: 'weights/1.bin', bytes: weights.subarray(5, 9_000) },
  ]);
  expect(extension).toBe('.zip');
  expect(blob.type).toBe('application/zip');
  const files = await allOf(listZip(blob));
  expect(files.map(({ path }) => path)).toEqual(['model.json', 'weights/1.bin']);
  const bytes = new Uint8Array((await (await files[1]?.read(''))?.arrayBuffer()) ?? []);
  expect(bytes).toEqual(weights.slice(5, 9_000));
});

it('adds what becomes known later behind the others', async () => {
  const { blob } = await packFiles([CONFIG], Promise.resolve([{ ...CONFIG, path: 'proof.json' }]));
  const files = await allOf(listZip(blob));
  expect(files.map(({ path }) => path)).toEqual(['model.json', 'proof.json']);
});

it('leaves a single file as it is', async () => {
  const { blob, extension } = await packFiles([{ ...CONFIG, path: 'index.html' }]);
  expect(extension).toBe('.html');
  expect(await blob.text()).toBe('{}');
});

it.each([[[CONFIG]], [[CONFIG, { ...CONFIG, path: 'b.json' }]]])(
  'makes nothing of files that fail a check',
  async (files) => {
    const differs = new GraftError('export-differs', 'It differs');
    await expect(packFiles(files, Promise.reject(differs))).rejects.toBe(differs);
  },
);
