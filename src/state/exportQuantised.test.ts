import { expect, it, vi } from 'vitest';
import type { GoldenMethods } from '../bridge/exportMethods.ts';
import type { Sha256 } from '../domain/ids.ts';
import type { CompletedRun, RunSample } from '../domain/trainingRun.ts';
import { exampleRun } from './stateFixture.tsx';
import { openStore } from './storeFixture.ts';

/** Forty photos of two classes, every second one held out. */
const samples: readonly RunSample[] = Array.from({ length: 40 }, (_, i) => ({
  sampleId: `sample-${i}` as RunSample['sampleId'],
  imageHash: `photo-${i}` as Sha256,
  classIndex: Math.floor(i / 20),
  part: i % 2 === 0 ? 'train' : 'test',
}));
const run: CompletedRun = { ...exampleRun('run-1'), samples };

type Golden = GoldenMethods['predictGolden'];

/** Answers rightly for the photos that are there, with pictures of a pixel. */
function predictGolden(isThere: (hash: Sha256) => boolean) {
  return ({ imageHashes }: Golden['params']): Promise<Golden['result']> => {
    const found = imageHashes.filter(isThere);
    const numPictures = found.length;
    const classes = found.map((hash) => samples.find(({ imageHash }) => imageHash === hash));
    return Promise.resolve({
      shape: [numPictures, 1, 1, 3],
      pixels: new Blob([new Uint8Array(3 * numPictures)]),
      imageHashes: found,
      probabilities: Float32Array.from(
        classes.flatMap((each) => (each?.classIndex === 0 ? [1, 0] : [0, 1])),
      ),
    });
  };
}

async function quantise(isThere: (hash: Sha256) => boolean) {
  const exportModel = vi.fn(() =>
    Promise.resolve({ files: [{ path: 'model.tflite', bytes: new Blob([Uint8Array.of(1)]) }] }),
  );
  // Says the first class of every photo.
  const checkExport = vi.fn(({ golden }: { golden: Golden['result'] }) => {
    const answers = Float32Array.from(
      Array.from({ length: golden.shape[0] }, () => [0.6, 0.4]).flat(),
    );
    return Promise.resolve({ largestDifference: 0.6, answers });
  });
  const drawn = {
    shape: [1, 1, 1, 3],
    pixels: new Blob([new Uint8Array(3)]),
    imageHashes: [],
  } as const;
  const golden = { ...drawn, probabilities: Float32Array.of(0, 1) };
  const base = {
    predictGolden: predictGolden(isThere),
    drawGolden: () =>
      Promise.resolve({
        golden,
        files: [{ path: 'golden/1.png', bytes: new Blob([Uint8Array.of(1)]) }],
      }),
  };
  const { store } = await openStore(base, { exportModel }, [], { checkExport });
  await store.getState().exportQuantised(run);
  return { state: store.getState(), exportModel };
}

it('fits the model to photos that were trained on and measures it on held-out ones', async () => {
  const { state, exportModel } = await quantise((hash) => hash !== 'photo-1');
  expect(state.quantised?.report).toEqual({
    headId: run.headId,
    numPhotos: 19,
    agreement: 9 / 19,
    accuracy: { before: 1, after: 9 / 19 },
  });
  expect(state.quantised?.file.fileName).toBe('Flowers-tflite-int8.zip');
  expect(exportModel).toHaveBeenCalledWith(
    expect.objectContaining({
      calibration: expect.objectContaining({ shape: [20, 1, 1, 3] }) as unknown,
    }),
    expect.anything(),
  );
});

it('makes none where no photo is left to fit it to', async () => {
  const { state } = await quantise(() => false);
  expect(state.quantised).toBeNull();
  expect(state.saving).toMatchObject({ failure: { code: 'no-photos-left' } });
});
