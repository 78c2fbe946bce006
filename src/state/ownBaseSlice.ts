import { baseOf } from './baseOf.ts';
import { toFailure } from './noticesSlice.ts';
import type { OwnBaseSlice, ScratchStatus } from './ownBaseState.ts';
import { checkClasses } from './runSubject.ts';
import { compareFits, trainBase, type ScratchJob } from './scratchJobs.ts';
import type { SliceContext } from './store.ts';
import { transferPhotosKey } from './transferPhotosKey.ts';

export function createOwnBaseSlice({ set, get, services }: SliceContext): OwnBaseSlice {
  let controller: AbortController | null = null;

  /** Runs one of the two, unless either runs, and shows in `field` how it goes. */
  const follow = async (
    field: 'ownBase' | 'comparing',
    run: (job: ScratchJob) => Promise<void>,
  ): Promise<void> => {
    const { project, samples, backendChoice: backend } = get();
    if (project === null || controller !== null) return;
    controller = new AbortController();
    const { signal } = controller;
    const show = (status: ScratchStatus) => {
      if (!signal.aborted) set({ [field]: status });
    };
    show({ status: 'computing', done: 0, total: 0 });
    let ended: ScratchStatus = { status: 'idle' };
    try {
      checkClasses(project, samples);
      await run({ project, samples, backend, signal, show });
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.code !== 'cancelled') ended = { status: 'failed', failure };
    } finally {
      controller = null;
    }
    set({ [field]: ended });
  };

  return {
    ownBase: { status: 'idle' },
    trainedBase: null,
    comparing: { status: 'idle' },
    scratchComparison: null,

    trainOwnBase: (request) =>
      follow('ownBase', async (job) => {
        set({ trainedBase: null });
        set({ trainedBase: await trainBase(services, job, request) });
        await get().loadBases();
      }),

    dismissTrainedBase: () => {
      set({ trainedBase: null });
    },

    compareWithScratch: () =>
      follow('comparing', async (job) => {
        const base = baseOf(get().bases, job.project.baseId);
        const curves = await compareFits(services, job, base);
        const photosKey = transferPhotosKey(job.project, job.samples);
        set({ scratchComparison: { baseId: base.id, photosKey, ...curves } });
      }),

    cancelScratch: () => controller?.abort(),
  };
}
