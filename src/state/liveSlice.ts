import { GraftError } from '../domain/errors.ts';
import type { Project, Sample } from '../domain/project.ts';
import { baseOf } from './baseOf.ts';
import type { LiveSlice } from './liveState.ts';
import { classifierFor } from './runSubject.ts';
import type { SliceContext } from './store.ts';

/** A photo more costs milliseconds up to here; a class that has had its share learns no more until trained. */
const MAX_PHOTOS = 1000;

export function createLiveSlice({ set, get, services }: SliceContext): LiveSlice {
  let controller: AbortController | null = null;
  let isStale = false;

  const refresh = async (signal: AbortSignal) => {
    const { project, samples } = get();
    if (project === null) return;
    const photos = livePhotos(project, samples);
    if (new Set(photos.map(({ classIndex }) => classIndex)).size < 2) {
      set({ liveHead: null });
      return;
    }
    await get().loadBases();
    const { baseId, cut, framing } = project;
    const classifier = classifierFor(baseOf(get().bases, baseId), project);
    const imageHashes = photos.map(({ imageHash }) => imageHash);
    const backend = get().backendChoice;
    const params = { baseId, cut, framing, backend, imageHashes };
    await services.base('embedSamples', params, { signal });
    const liveHead = await services.head('refreshLive', { classifier, photos }, { signal });
    if (get().project?.id === project.id) set({ liveHead });
  };

  return {
    liveHead: null,

    refreshLive: async () => {
      isStale = true;
      if (controller !== null) return;
      controller = new AbortController();
      const { signal } = controller;
      try {
        while (isStale && !signal.aborted) {
          isStale = false;
          await refresh(signal);
        }
      } catch {
        // Training says what is wrong with a base or its photos; until then there is just no live answer.
        if (!signal.aborted) set({ liveHead: null });
      } finally {
        controller = null;
      }
    },

    pauseLive: () => {
      isStale = false;
      controller?.abort();
    },

    predictLiveFrame: async (frame) => {
      const { liveHead: live, backendChoice: backend } = get();
      if (live === null) {
        frame.close();
        throw new GraftError('not-found', 'There is no live head');
      }
      return services.base('predictLiveFrame', { live, backend, frame }, { transfer: [frame] });
    },
  };
}

/** The first photos of each class that is shown, at most its share of `MAX_PHOTOS`. */
function livePhotos({ classLabels }: Project, samples: readonly Sample[]) {
  const share = Math.floor(MAX_PHOTOS / Math.max(classLabels.length, 1));
  return classLabels.flatMap(({ id }, classIndex) =>
    samples
      .filter(({ classLabelId }) => classLabelId === id)
      .slice(0, share)
      .map(({ imageHash }) => ({ imageHash, classIndex })),
  );
}
