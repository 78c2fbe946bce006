import { expect, it, vi } from 'vitest';
import type { CheckMethods, GoldenAnswers } from '../bridge/exportMethods.ts';
import { GraftError, throwIfCancelled } from '../domain/errors.ts';
import { bytesInMemory } from '../network/byteSource.ts';
import { listZip, openZipped } from '../network/zipSource.ts';
import { exampleRun } from './stateFixture.tsx';
import { openStore } from './storeFixture.ts';

const golden: GoldenAnswers = {
  shape: [2, 1, 1, 3],
  pixels: new Blob([new Uint8Array(6)]),
  imageHashes: [],
  probabilities: Float32Array.of(0.25, 0.75, 1, 0),
};
const drawn: GoldenAnswers = {
  shape: [1, 1, 1, 3],
  pixels: new Blob([Uint8Array.of(1, 2, 3)]),
  imageHashes: [],
  probabilities: Float32Array.of(0.5, 0.5),
};
const drawing = { path: 'golden/1.png', bytes: new Blob([Uint8Array.of(137)]) };
const run = exampleRun('run-1');

type Check = CheckMethods['checkExport'];
type CheckExport = (params: Check['params']) => Promise<Check['result']>;

async function exportWith(largestDifference: number) {
  const exportModel = vi.fn(() =>
    Promise.resolve({ files: [{ path: 'model.onnx', bytes: new Blob([Uint8Array.of(1, 2)]) }] }),
  );
  const checkExport = vi.fn<CheckExport>(() =>
    Promise.resolve({
      largestDifference,
      answers: Float32Array.of(0.25, 0.75, 1, 0, 0.625, 0.375),
    }),
  );
  const { store } = await openStore(
    {
      predictGolden: () => Promise.resolve(golden),
      drawGolden: () => Promise.resolve({ golden: drawn, files: [drawing] }),
    },
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
  expect(checkExport).toHaveBeenCalledWith(
    expect.objectContaining({
      golden: {
        shape: [3, 1, 1, 3],
        pixels: expect.any(Blob) as unknown,
        imageHashes: [],
        probabilities: Float32Array.of(0.25, 0.75, 1, 0, 0.5, 0.5),
      },
    }),
    expect.anything(),
  );
  const { pixels } = checkExport.mock.calls[0]?.[0].golden ?? {};
  const values = new Uint8Array((await pixels?.arrayBuffer()) ?? []);
  expect([...values]).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 3]);
  const zip = bytesInMemory('x.zip', new Uint8Array((await file?.blob.arrayBuffer()) ?? []));
  const files = new Map(listZip(zip).map((entry) => [entry.path, entry]));
  expect([...files.keys()]).toEqual(['model.onnx', 'verified.json', 'golden/1.png']);
  const { size, read } = await openZipped(zip, files.get('verified.json') as never);
  const verified = JSON.parse(new TextDecoder().decode(read(0, size))) as object;
  // Of photos no answer, of drawings everything.
  expect(verified).toMatchObject({
    tolerance: 1e-3,
    photos: { number: 2, largestDifference: 0 },
    golden: [{ file: 'golden/1.png', probabilities: [0.5, 0.5], largestDifference: 0.125 }],
  });
  expect(store.getState().proof).toEqual({
    format: 'onnx',
    headId: run.headId,
    largestDifference: 1e-6,
    numPhotos: 2,
  });
});

it.each([
  [0.0213, 0.021],
  [Infinity, Infinity],
  [NaN, NaN],
])('does not save one that differs by %d, and says so', async (largest, difference) => {
  const { file, store } = await exportWith(largest);
  expect(file).toBeNull();
  expect(store.getState().proof).toBeNull();
  expect(store.getState().saving).toMatchObject({
    failure: {
      code: 'export-differs',
      details: { difference, tolerance: 1e-3, runtime: 'ONNX Runtime Web' },
    },
  });
});

it.each(['writing', 'checking'] as const)(
  'saves nothing of one that is cancelled while %s',
  async (stage) => {
    const cancelAt = (reached: string) => {
      if (reached === stage) store.getState().cancelSaving();
    };
    const checkExport = vi.fn((_: unknown, { signal }: { readonly signal?: AbortSignal }) => {
      cancelAt('checking');
      return Promise.resolve().then(() => {
        throwIfCancelled(signal ?? new AbortController().signal);
        return { largestDifference: 0, answers: new Float32Array(6) };
      });
    });
    const { store } = await openStore(
      {
        predictGolden: () => Promise.resolve(golden),
        drawGolden: () => Promise.resolve({ golden: drawn, files: [] }),
      },
      {
        exportModel: () => {
          cancelAt('writing');
          // It is not waited for, however long it takes.
          return stage === 'writing'
            ? new Promise(() => undefined)
            : Promise.resolve({ files: [] });
        },
      },
      [],
      { checkExport },
    );
    expect(await store.getState().exportModel(run, 'onnx')).toBeNull();
    expect(store.getState()).toMatchObject({ saving: { status: 'idle' }, proof: null });
    expect(checkExport).toHaveBeenCalledTimes(stage === 'writing' ? 0 : 1);
  },
);

it('has the runtime loaded while the files are written', async () => {
  const order: string[] = [];
  const { store } = await openStore(
    {
      predictGolden: () => Promise.resolve(golden),
      drawGolden: () => Promise.resolve({ golden: drawn, files: [] }),
    },
    {
      exportModel: async () => {
        await vi.waitFor(() => {
          expect(order).toEqual(['prepare tflite']);
        });
        order.push('written');
        return { files: [] };
      },
    },
    [],
    {
      prepareCheck: ({ format }) => {
        order.push(`prepare ${format}`);
        return Promise.reject(new GraftError('export-unreadable', 'No runtime'));
      },
      checkExport: () => {
        order.push('checked');
        return Promise.resolve({ largestDifference: 0, answers: new Float32Array(6) });
      },
    },
  );
  // What could not be loaded is the check's to say.
  expect(await store.getState().exportModel(run, 'tflite')).not.toBeNull();
  expect(order).toEqual(['prepare tflite', 'written', 'checked']);
});
