import type { CountProgress } from '../bridge/protocol.ts';
import type { TransferCheck, TransferSlice, TransferStatus } from './transferState.ts';
import { baseOf } from './baseOf.ts';
import { toFailure } from './noticesSlice.ts';
import { checkClasses, classifierFor, runSamples } from './runSubject.ts';
import type { SliceContext } from './store.ts';
import { isSameSubject, transferPhotosKey } from './transferPhotosKey.ts';

export function createTransferSlice({ set, get, services }: SliceContext): TransferSlice {
  let controller: AbortController | null = null;

  const check = async (signal: AbortSignal): Promise<TransferCheck | null> => {
    const { project, samples } = get();
    if (project === null) return null;
    const during = (status: 'computing' | 'checking') => ({
      signal,
      onProgress: ({ done, total }: CountProgress) => {
        if (!signal.aborted) set({ transfer: { status, done, total } });
      },
    });
    checkClasses(project, samples);
    await get().loadBases();
    const { baseId, cut, framing } = project;
    const base = baseOf(get().bases, baseId);
    const all = runSamples(project, samples).filter(({ part }) => part === 'train');
    const imageHashes = all.map(({ imageHash }) => imageHash);
    const photos = { baseId, cut, framing, backend: get().backendChoice, imageHashes };
    const { failed } = await services.base('embedSamples', photos, during('computing'));
    const unreadable = new Set(failed.map(({ imageHash }) => imageHash));
    const readable = all.filter(({ imageHash }) => !unreadable.has(imageHash));
    const hashes = readable.map(({ imageHash }) => imageHash);
    await services.base('describeColours', { imageHashes: hashes }, during('computing'));
    const { seed } = project.headConfig;
    const classifier = classifierFor(base, project);
    const params = { classifier, samples: readable, seed };
    const report = await services.head('checkTransfer', params, during('checking'));
    const photosKey = transferPhotosKey(project, samples);
    return { baseId, baseName: base.name, cut, photosKey, report };
  };

  const finish = (found: TransferCheck) => {
    set(({ transferChecks }) => ({
      transferChecks: [
        found,
        ...transferChecks.filter(
          (each) => each.photosKey === found.photosKey && !isSameSubject(each, found),
        ),
      ],
    }));
  };

  return {
    transfer: { status: 'idle' },
    transferChecks: [],

    checkTransfer: async () => {
      if (controller !== null) return;
      controller = new AbortController();
      set({ transfer: { status: 'computing', done: 0, total: 0 } });
      let ended: TransferStatus = { status: 'idle' };
      try {
        const found = await check(controller.signal);
        if (found !== null) finish(found);
      } catch (thrown) {
        const failure = toFailure(thrown);
        if (failure.code !== 'cancelled') ended = { status: 'failed', failure };
      } finally {
        controller = null;
      }
      set({ transfer: ended });
    },

    cancelTransfer: () => controller?.abort(),
  };
}
