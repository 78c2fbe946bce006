import type { EmbedProgress } from '../bridge/protocol.ts';
import {
  averagedViews,
  offeredAveragings,
  type Averaging,
  type MeasuredAveraging,
} from '../domain/averaging.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import type { RunId } from '../domain/ids.ts';
import { activationCut, type CompletedRun } from '../domain/trainingRun.ts';
import { putRun } from '../storage/runs.ts';
import type { AveragingSlice } from './averagingState.ts';
import { toFailure } from './noticesSlice.ts';
import { isCompleted } from './selectedRun.ts';
import type { SliceContext } from './store.ts';
import { secondsLeft } from './timeLeft.ts';

export function createAveragingSlice({ set, get, services }: SliceContext): AveragingSlice {
  let running: AbortController | null = null;

  const measure = async (run: CompletedRun, averaging: Averaging, signal: AbortSignal) => {
    const startedAt = performance.now();
    const onProgress = ({ done, total }: EmbedProgress) => {
      if (signal.aborted) return;
      const left = secondsLeft(startedAt, done, total);
      set({ averagingStatus: { status: 'measuring', done, total, secondsLeft: left } });
    };
    const photos = { ...heldOutPhotos(run, averaging), backend: get().backendChoice };
    await services.base('embedSamples', photos, { signal, onProgress });
    const measured = await services.head('measureAveraging', { run, averaging }, { signal });
    throwIfCancelled(signal);
    await keep(run.id, measured);
  };

  const keep = async (id: RunId, measured: MeasuredAveraging) => {
    const run = get().runs.find((each) => each.id === id);
    if (run === undefined || !isCompleted(run)) return;
    const others = run.averagings?.filter(({ averaging }) => averaging !== measured.averaging);
    const changed = { ...run, averagings: [...(others ?? []), measured] };
    await putRun(services.database, changed);
    set(({ runs }) => ({ runs: runs.map((each) => (each.id === id ? changed : each)) }));
  };

  return {
    averagingStatus: { status: 'idle' },

    measureAveragings: async (run) => {
      if (running !== null) return;
      const controller = new AbortController();
      running = controller;
      const { signal } = controller;
      set({ averagingStatus: { status: 'measuring', done: 0, total: 0, secondsLeft: null } });
      let ended: AveragingSlice['averagingStatus'] = { status: 'idle' };
      try {
        for (const averaging of offeredAveragings(get().project?.augmentation)) {
          if (averagedViews(averaging).length > 0) await measure(run, averaging, signal);
        }
      } catch (thrown) {
        const failure = toFailure(thrown);
        if (failure.code !== 'cancelled') ended = { status: 'failed', failure };
      }
      // Cancelled, another may be running by now.
      if (running !== controller) return;
      running = null;
      set({ averagingStatus: ended });
    },

    cancelAveraging: () => {
      running?.abort();
      running = null;
      set({ averagingStatus: { status: 'idle' } });
    },
  };
}

/** The views that such a measurement needs: of photos that the run was not trained on. */
function heldOutPhotos(run: CompletedRun, averaging: Averaging) {
  const { baseId, preprocessing } = run.classifier;
  const imageHashes = run.samples
    .filter(({ part }) => part !== 'train')
    .map(({ imageHash }) => imageHash);
  const views = { averaging, imageHashes };
  return { baseId, cut: activationCut(run), framing: preprocessing.framing, imageHashes, views };
}
