import { describe, expect, test, vi } from 'vitest';
import type { BaseMethods, HeadMethods } from '../bridge/protocol.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
import { DEFAULT_SCRATCH_FIT, type ScratchProgress } from '../domain/scratchFit.ts';
import type { EpochMetrics } from '../domain/trainingRun.ts';
import { DEFAULT_TWO_CONVOLUTIONS, FROZEN_CUT } from '../domain/twoConvolutions.ts';
import { STARTER_BASE } from '../catalogue/bases.ts';
import { fileAt, openStore, report } from './storeFixture.ts';

const settings = DEFAULT_TWO_CONVOLUTIONS;
const fit = { ...DEFAULT_SCRATCH_FIT, epochs: 2 };
const request = { name: 'Mine', settings, fit };

const epoch = (number: number): EpochMetrics => ({
  epoch: number,
  loss: 1 / number,
  accuracy: 0.5,
  validationLoss: 0.5,
  validationAccuracy: 0.75,
  durationMs: 10,
});
const curve = { epochs: [epoch(1), epoch(2)], durationMs: 20 };

const trained: BaseModel = {
  ...STARTER_BASE,
  id: 'mine' as BaseId,
  graphHash: 'hash of mine' as Sha256,
  origin: 'trained',
  defaultCut: FROZEN_CUT,
  training: { projectName: 'A', classNames: ['a'], settings, fit, validationAccuracy: 0.75 },
};

async function openWithPhotos(
  trainFromScratch = vi.fn<(params: HeadMethods['trainFromScratch']['params']) => void>(),
) {
  const base = {
    embedPixels: vi.fn((params: BaseMethods['embedPixels']['params']) =>
      Promise.resolve({ failed: params.imageHashes.slice(0, 1) }),
    ),
    embedSamples: vi.fn((params: BaseMethods['embedSamples']['params']) =>
      Promise.resolve({
        computed: params.imageHashes.length,
        reused: 0,
        failed: [],
        durationMs: 1,
        backend: report,
      }),
    ),
    storeTrainedBase: vi.fn((params: BaseMethods['storeTrainedBase']['params']) =>
      Promise.resolve({ base: { ...trained, name: params.name, training: params.training } }),
    ),
  };
  const files = [{ path: 'model.json', bytes: new Blob() }];
  const head = {
    trainFromScratch: vi.fn(
      (
        params: HeadMethods['trainFromScratch']['params'],
        { onProgress }: { readonly onProgress?: (progress: ScratchProgress) => void },
      ) => {
        trainFromScratch(params);
        onProgress?.({ kind: 'steps', done: 1, total: 8 });
        for (const metrics of curve.epochs) onProgress?.({ kind: 'epoch', metrics });
        return Promise.resolve({ curve, files });
      },
    ),
  };
  const { store } = await openStore(base, head, [trained]);
  await store.getState().loadBases();
  const names = Array.from({ length: 8 }, (_, i) => fileAt(`p/${i % 2 ? 'a' : 'b'}/${i}.jpg`));
  await store.getState().addFiles(names, null);
  return { store, base, head };
}

describe('training a base of one’s own', () => {
  test('trains on the readable photos’ pixels and stores what comes of it', async () => {
    const { store, base, head } = await openWithPhotos();
    await store.getState().trainOwnBase(request);
    const { task } = head.trainFromScratch.mock.calls[0]?.[0] ?? {};
    expect(task).toMatchObject({ settings, fit, numClasses: 2, frozenBase: null });
    expect(task?.preprocessing).toMatchObject({ inputHeight: 32, channelOrder: 'rgb' });
    const [pixels] = base.embedPixels.mock.calls[0] ?? [];
    expect(pixels?.imageHashes).toHaveLength(8);
    expect(task?.samples).toHaveLength(7);
    expect(base.storeTrainedBase.mock.calls[0]?.[0]).toMatchObject({
      name: 'Mine',
      graphHash: null,
      training: { projectName: 'Flowers', classNames: ['a', 'b'], validationAccuracy: 0.75 },
    });
    expect(store.getState().trainedBase?.base.name).toBe('Mine');
    expect(store.getState().ownBase).toEqual({ status: 'idle' });
  });

  test('shows its epochs, and keeps nothing of what was cancelled', async () => {
    const cancel = vi.fn();
    const { store, base } = await openWithPhotos(cancel);
    const shown = new Set<string>();
    store.subscribe(({ ownBase }) => {
      if (ownBase.status === 'fitting') shown.add(`${ownBase.epochs.length}: ${ownBase.share}`);
    });
    await store.getState().trainOwnBase(request);
    expect([...shown]).toEqual(['0: 0', '0: 0.125', '1: 0.5', '2: 1']);
    base.storeTrainedBase.mockClear();
    base.embedPixels.mockImplementationOnce(() => {
      store.getState().cancelScratch();
      return Promise.reject(new DOMException('', 'AbortError'));
    });
    await store.getState().trainOwnBase(request);
    expect(store.getState().ownBase).toEqual({ status: 'idle' });
    expect(base.storeTrainedBase).not.toHaveBeenCalled();
  });

  test('says what is missing before anything is computed', async () => {
    const { store, base } = await openWithPhotos();
    await store.getState().addClass('empty');
    await store.getState().trainOwnBase(request);
    expect(store.getState().ownBase).toMatchObject({
      status: 'failed',
      failure: { code: 'class-without-photos' },
    });
    expect(base.embedPixels).not.toHaveBeenCalled();
  });
});

describe('comparing with training from scratch', () => {
  test('fits a head on the frozen base and the same network anew, with its settings', async () => {
    const { store, base, head } = await openWithPhotos();
    await store.getState().setBase(trained.id);
    await store.getState().compareWithScratch();
    const tasks = head.trainFromScratch.mock.calls.map(([{ task }]) => task);
    expect(tasks.map(({ frozenBase }) => frozenBase)).toEqual([trained.graphHash, null]);
    const [transferred, scratch] = tasks;
    expect({ ...transferred, frozenBase: null }).toEqual(scratch);
    expect(scratch).toMatchObject({ settings, fit });
    expect(base.embedSamples.mock.calls[0]?.[0]).toMatchObject({ cut: FROZEN_CUT });
    const { scratchComparison } = store.getState();
    expect(scratchComparison).toMatchObject({ baseId: trained.id, transferred: curve });
  });

  test('refuses a base that was not trained here', async () => {
    const { store, head } = await openWithPhotos();
    await store.getState().compareWithScratch();
    expect(store.getState().comparing).toMatchObject({ status: 'failed' });
    expect(head.trainFromScratch).not.toHaveBeenCalled();
  });
});
