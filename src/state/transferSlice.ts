import type { CallOptions } from '../bridge/client.ts';
import type { CountProgress } from '../bridge/protocol.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { Project } from '../domain/project.ts';
import { checkBase } from './checkBase.ts';
import { toFailure } from './noticesSlice.ts';
import type { SliceContext } from './store.ts';
import { secondsLeft } from './timeLeft.ts';
import { measureCuts } from './measureCuts.ts';
import { preparePhotos } from './transferPhotos.ts';
import { transferPhotosKey, withNewest } from './transferPhotosKey.ts';
import type { RunningTransfer, TransferSlice, TransferStatus } from './transferState.ts';

/** How a measurement calls the workers: its progress is shown, and ends when it is cancelled. */
type Follow = (
  status: RunningTransfer['status'],
) => Required<Pick<CallOptions<CountProgress>, 'signal' | 'onProgress'>>;

export function createTransferSlice(context: SliceContext): TransferSlice {
  const { set, get, services } = context;
  let running: AbortController | null = null;

  const follow =
    (signal: AbortSignal): Follow =>
    (status) => {
      const startedAt = performance.now();
      return {
        signal,
        onProgress: ({ done, total }) => {
          if (signal.aborted) return;
          const left = secondsLeft(startedAt, done, total);
          set({ transfer: { status, done, total, secondsLeft: left } });
        },
      };
    };

  /** One at a time; what it finds after it was cancelled is dropped. */
  const measure = async (work: (project: Project, follow: Follow) => Promise<() => void>) => {
    const { project } = get();
    if (running !== null || project === null) return;
    const controller = new AbortController();
    running = controller;
    set({ transfer: { status: 'computing', done: 0, total: 0, secondsLeft: null } });
    let ended: TransferStatus = { status: 'idle' };
    try {
      const keep = await work(project, follow(controller.signal));
      throwIfCancelled(controller.signal);
      keep();
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.code !== 'cancelled') ended = { status: 'failed', failure };
    }
    // Cancelled, another may be running by now.
    if (running !== controller) return;
    running = null;
    set({ transfer: ended });
  };

  return {
    transfer: { status: 'idle' },
    transferChecks: [],
    learningCurves: [],
    cutSweeps: [],

    checkTransfer: () =>
      measure(async (project, during) => {
        const { samples } = get();
        const photosKey = transferPhotosKey(project, samples);
        const found = { ...(await checkBase(context, project, samples, during)), photosKey };
        return () => {
          set(({ transferChecks }) => ({ transferChecks: withNewest(found, transferChecks) }));
        };
      }),

    measureCurve: () =>
      measure(async (project, during) => {
        const { baseId, cut } = project;
        const { samples } = get();
        const photosKey = transferPhotosKey(project, samples);
        const { params } = await preparePhotos(context, project, samples, during('computing'));
        const curve = await services.head('learningCurve', params, during('checking'));
        const found = { baseId, cut, photosKey, curve };
        return () => {
          set(({ learningCurves }) => ({ learningCurves: withNewest(found, learningCurves) }));
        };
      }),

    sweepCuts: () =>
      measure(async (project, during) => {
        const { baseId } = project;
        const { samples } = get();
        const photosKey = transferPhotosKey(project, samples);
        const points = await measureCuts(context, project, samples, during('sweeping'));
        const found = { baseId, photosKey, points };
        return () => {
          set(({ cutSweeps }) => ({
            cutSweeps: [
              found,
              ...cutSweeps.filter((each) => each.photosKey === photosKey && each.baseId !== baseId),
            ],
          }));
        };
      }),

    cancelTransfer: () => {
      if (running === null) return;
      running.abort();
      running = null;
      set({ transfer: { status: 'idle' } });
    },
  };
}
