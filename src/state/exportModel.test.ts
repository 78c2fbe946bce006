import { expect, it, vi } from 'vitest';
import type { GoldenAnswers } from '../bridge/exportMethods.ts';
import { exampleRun } from './stateFixture.tsx';
import { openStore } from './storeFixture.ts';

const golden: GoldenAnswers = {
  shape: [2, 1, 1, 3],
  pixels: new Uint8ClampedArray(6),
  imageHashes: [],
  probabilities: Float32Array.of(0.25, 0.75, 1, 0),
};
const run = exampleRun('run-1');

async function exportWith(largestDifference: number) {
  const exportModel = vi.fn(() =>
    Promise.resolve({ files: [{ path: 'model.onnx', bytes: Uint8Array.of(1, 2) }] }),
  );
  const checkExport = vi.fn(() =>
    Promise.resolve({ largestDifference, answers: golden.probabilities }),
  );
  const { store } = await openStore(
    { predictGolden: () => Promise.resolve(golden) },
    { exportModel },
    [],
    { checkExport },
  );
  const file = await store.getState().exportModel(run, 'onnx');
  return { file, store, checkExport };
}

it('saves a file that answers as the app does, and says how nearly', async () => {
  const { file, store, checkExport } = await exportWith(1e-6);
  expect(file?.fileName).toBe('Flowers-onnx.zip');
  expect(checkExport).toHaveBeenCalledWith(expect.objectContaining({ golden }), expect.anything());
  expect(store.getState().proof).toEqual({
    format: 'onnx',
    headId: run.headId,
    largestDifference: 1e-6,
    numPhotos: 2,
  });
});

it.each([0.02, Infinity, NaN])('does not save one that differs by %d', async (difference) => {
  const { file, store } = await exportWith(difference);
  expect(file).toBeNull();
  expect(store.getState().proof).toBeNull();
  expect(store.getState().saving).toMatchObject({
    failure: { code: 'export-differs', details: { tolerance: 1e-3, runtime: 'ONNX Runtime Web' } },
  });
});
