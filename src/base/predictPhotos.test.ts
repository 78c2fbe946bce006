import { describe, expect, it, vi } from 'vitest';
import { averagedViews, AVERAGINGS, type Averaging } from '../domain/averaging.ts';
import type { HeadId } from '../domain/ids.ts';
import type { PreparedPhoto } from './photoProtocol.ts';
import { photoOf, viewOf, type PhotoSource } from './photoSources.ts';
import { predictPhotos } from './predictPhotos.ts';
import type { Services } from './services.ts';

const SIDE = 2;
const spec = {
  version: 2,
  inputWidth: SIDE,
  inputHeight: SIDE,
  framing: 'stretched',
  channelOrder: 'rgb',
  scale: [1 / 255],
  offset: [0],
} as const;

/** Stands for decoding: a photo is as bright as its file is long, darker in views further in and when mirrored; 13 bytes are damaged. */
const prepare = vi.fn<Services['photos']['prepare']>((sources) =>
  Promise.resolve(
    sources.map((source): PreparedPhoto => {
      const photo = photoOf(source);
      const size = typeof photo === 'string' ? 0 : photo.size;
      if (size === 13) return { status: 'rejected', problem: 'damaged', detail: null };
      return {
        status: 'decoded',
        value: new Uint8ClampedArray(SIDE * SIDE * 3).fill(brightness(source)),
      };
    }),
  ),
);

function brightness(source: PhotoSource): number {
  const photo = photoOf(source);
  const size = typeof photo === 'string' ? 0 : photo.size;
  const view = viewOf(source);
  if (view === null) return size;
  return size - 16 * view.crop.left - 40 * view.crop.top - (view.isFlippedAcross ? 7 : 0);
}

/** Stands for a classifier of two classes: the first is as probable as the photo is bright. */
function answer(numPhotos: number, input: Float32Array): Float32Array {
  const output = new Float32Array(numPhotos * 2);
  for (let photo = 0; photo < numPhotos; photo++) {
    const share = input[photo * SIDE * SIDE * 3] ?? 0;
    output.set([share, 1 - share], photo * 2);
  }
  return output;
}

async function predict(sizes: readonly number[], averaging: Averaging) {
  const report = { backend: 'wasm', adapter: null, photosPerSecond: 50, candidates: [] };
  const services = {
    loadHead: () =>
      Promise.resolve({
        loaded: { network: { layers: [{ kind: 'input', name: 'in', inputs: [], tensors: {} }] } },
        cut: { positions: [0], pooling: 'flatten' },
        runnable: {},
        preprocessing: spec,
      }),
    ladder: {
      report: () => Promise.resolve(report),
      run: (...[, , , batch, numPhotos]: Parameters<Services['ladder']['run']>) =>
        Promise.resolve(answer(numPhotos, batch)),
    },
    // One core: the base worker runs what it gets decoded.
    photos: { prepare, size: 1 },
    memoryGib: 8,
  } as unknown as Services;
  const files = sizes.map((size) => new Blob(['x'.repeat(size)]));
  const params = { headId: 'h' as HeadId, backend: 'auto', averaging, files } as const;
  const context = { signal: new AbortController().signal, report: () => undefined };
  return (await predictPhotos(services, params, context)).predictions;
}

describe('predictPhotos', () => {
  it('answers on photos as they are', async () => {
    const [first, damaged, last] = await predict([51, 13, 102], 'none');
    expect(damaged).toEqual({ status: 'rejected', problem: 'damaged', detail: null });
    const probabilities = [first, last].map((each) =>
      each?.status === 'predicted' ? each.probabilities[0] : NaN,
    );
    expect(probabilities[0]).toBeCloseTo(0.2, 6);
    expect(probabilities[1]).toBeCloseTo(0.4, 6);
  });

  it.each(AVERAGINGS)('gives each photo the mean of its own views: %s', async (averaging) => {
    // Enough for views of one photo to be cut apart by the ends of batches.
    const sizes = [60, 70, 13, 80, 90, 100, 110];
    const predictions = await predict(sizes, averaging);
    expect(predictions).toHaveLength(sizes.length);
    for (const [i, prediction] of predictions.entries()) {
      const photo = new Blob(['x'.repeat(sizes[i] ?? 0)]);
      const views = averagedViews(averaging).map(({ view }) => ({ photo, view }));
      const all = [photo, ...views].map((source) => Math.round(brightness(source)) / 255);
      const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
      if (sizes[i] === 13) expect(prediction.status).toBe('rejected');
      else {
        const [found = NaN, rest = NaN] =
          prediction.status === 'predicted' ? prediction.probabilities : [];
        expect(found).toBeCloseTo(mean, 5);
        expect(found + rest).toBeCloseTo(1, 5);
      }
    }
  });
});
