import { describe, expect, it, vi } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { PREPROCESSING_VERSION, type PreprocessingSpec } from '../domain/preprocessing.ts';
import type { BaseId, HeadId } from '../domain/ids.ts';
import { PhotoPool, type StartPhotoWorker } from './photoPool.ts';
import type { PhotoMethods, PhotoTask } from './photoProtocol.ts';
import { photoOf, type PhotoSource } from './photoSources.ts';

const spec: PreprocessingSpec = {
  version: PREPROCESSING_VERSION,
  inputWidth: 1,
  inputHeight: 1,
  framing: 'stretched',
  channelOrder: 'rgb',
  scale: [1],
  offset: [0],
};
const task: PhotoTask = {
  network: { kind: 'head', headId: 'head' as HeadId },
  backend: 'wasm',
  spec,
};
const signal = new AbortController().signal;
const photo = (size: number) => new Blob(['x'.repeat(size)]);
const photos = (...sizes: number[]) => sizes.map(photo);
const sizeOf = (source: PhotoSource) => {
  const of = photoOf(source);
  return typeof of === 'string' ? 0 : of.size;
};
const answer = (value: number) => ({ status: 'decoded', value: Float32Array.of(value) });

/** Workers that answer a photo with its size, and end at one of `fatal` size. */
function fakeWorkers({ fatal = -1, hold = Promise.resolve() } = {}) {
  const calls: { worker: number; method: string; sizes: number[] }[] = [];
  const ended: number[] = [];
  let numStarted = 0;
  const start: StartPhotoWorker = () => {
    const worker = numStarted++;
    const call = async (method: string, params: unknown) => {
      const { sources = [] } = params as { sources?: readonly PhotoSource[] };
      const sizes = sources.map(sizeOf);
      calls.push({ worker, method, sizes });
      await hold;
      if (sizes.includes(fatal)) throw new GraftError('worker-crashed', 'gone');
      return sizes.map(answer);
    };
    return {
      call: call as unknown as ReturnType<StartPhotoWorker>['call'],
      end: () => ended.push(worker),
    };
  };
  return { start, calls, ended };
}

describe('PhotoPool', () => {
  it('starts a worker only where all are busy, and then shares the work out', async () => {
    const { start, calls } = fakeWorkers();
    const pool = new PhotoPool(2, start);
    await pool.run(task, photos(1), 2, signal);
    await pool.run(task, photos(2), 2, signal);
    expect(calls.map(({ worker }) => worker)).toEqual([0, 0]);
    await Promise.all([3, 4, 5, 6].map((size) => pool.run(task, photos(size), 2, signal)));
    expect(calls.slice(2).map(({ worker }) => worker)).toEqual([0, 1, 0, 1]);
  });

  it('keeps networks to as many workers as may have one', async () => {
    const { start, calls } = fakeWorkers();
    const pool = new PhotoPool(3, start);
    await Promise.all([1, 2, 3].map((size) => pool.prepare([photo(size)], spec)));
    await Promise.all([1, 2, 3, 4].map((size) => pool.run(task, photos(size), 2, signal)));
    const used = (method: string) =>
      new Set(calls.filter((each) => each.method === method).map(({ worker }) => worker));
    expect(used('prepareViews').size).toBe(3);
    expect(used('runPhotos').size).toBe(2);
  });

  it('finds the photo that ends its worker, and answers for all others', async () => {
    const { start, ended } = fakeWorkers({ fatal: 13 });
    const pool = new PhotoPool(2, start);
    const outputs = await pool.run(task, photos(10, 11, 12, 13, 14), 2, signal);
    expect(outputs).toEqual([
      answer(10),
      answer(11),
      answer(12),
      { status: 'rejected', problem: 'damaged', detail: null },
      answer(14),
    ]);
    expect(ended.length).toBe(3);
  });

  it('does again what a lost worker had in hand besides', async () => {
    const { start } = fakeWorkers({ fatal: 13 });
    const pool = new PhotoPool(1, start);
    const sources = [photos(13), photos(1, 2), photos(3, 4)];
    const outputs = await Promise.all(sources.map((each) => pool.run(task, each, 1, signal)));
    expect(outputs.slice(1)).toEqual([
      [answer(1), answer(2)],
      [answer(3), answer(4)],
    ]);
    await expect(pool.prepare([photo(13)], spec)).resolves.toMatchObject([{ problem: 'damaged' }]);
  });

  it('gives up where no worker ever answers', async () => {
    const call = () => Promise.reject(new GraftError('worker-crashed', 'no script'));
    const start = vi.fn(() => ({ call, end: () => undefined }));
    const pool = new PhotoPool(2, start);
    const run = async () => {
      for (;;) await pool.run(task, photos(1, 2, 3, 4), 2, signal);
    };
    await expect(run()).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(start.mock.calls.length).toBeLessThan(30);
  });

  it('passes on what is not the fault of a worker', async () => {
    const call = () => Promise.reject(new GraftError('base-not-stored', 'removed'));
    const end = vi.fn();
    const pool = new PhotoPool(2, () => ({ call, end }));
    await expect(pool.run(task, photos(1, 2), 2, signal)).rejects.toMatchObject({
      code: 'base-not-stored',
    });
    expect(end).not.toHaveBeenCalled();
  });

  it('tells every worker which base to forget', async () => {
    const { start, calls } = fakeWorkers();
    const pool = new PhotoPool(2, start);
    await Promise.all([1, 2].map((size) => pool.prepare([photo(size)], spec)));
    pool.forgetBase('base' as BaseId);
    const forgotten = calls.filter(
      ({ method }) => method === ('forgetBase' satisfies keyof PhotoMethods),
    );
    expect(forgotten.map(({ worker }) => worker)).toEqual([0, 1]);
  });
});
