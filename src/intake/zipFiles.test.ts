import { expect, it } from 'vitest';
import { allOf } from './intakeFixture.ts';
import { zipFiles } from './zipFiles.ts';
import { listZip } from './zipReading.ts';

it('puts every file into the zip, byte for byte, in order', async () => {
  const weights = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);
  const zip = await zipFiles([
    { path: 'model.json', bytes: new TextEncoder().encode('{}') },
    // A view into a larger buffer, as workers send them.
    { path: 'weights/1.bin', bytes: weights.subarray(5, 9_000) },
  ]);
  expect(zip.type).toBe('application/zip');
  const files = await allOf(listZip(zip));
  expect(files.map(({ path }) => path)).toEqual(['model.json', 'weights/1.bin']);
  const bytes = new Uint8Array((await (await files[1]?.read(''))?.arrayBuffer()) ?? []);
  expect(bytes).toEqual(weights.slice(5, 9_000));
});
