import { BASES, findBase } from '../catalogue/bases.ts';
import type { BackendChoice, BackendReport } from '../domain/backend.ts';
import type { BaseId } from '../domain/ids.ts';
import { listStoredBaseIds } from '../storage/bases.ts';
import type { BaseAvailability, BaseSlice } from './appState.ts';
import { baseOf } from './baseOf.ts';
import { notifyFailure, toFailure } from './noticesSlice.ts';
import type { SliceContext } from './store.ts';

const BACKEND_CHOICE_KEY = 'graft.backend';
const BACKEND_CHOICES: readonly string[] = ['auto', 'webgpu', 'webgl', 'wasm', 'cpu'];

/** A preference of this browser, not of a project: another device has another GPU. */
function storedBackendChoice(): BackendChoice {
  const choice = localStorage.getItem(BACKEND_CHOICE_KEY) ?? 'auto';
  return BACKEND_CHOICES.includes(choice) ? (choice as BackendChoice) : 'auto';
}

export function createBaseSlice({ set, get, services }: SliceContext): BaseSlice {
  let download: AbortController | null = null;

  const setAvailability = (id: BaseId, availability: BaseAvailability) => {
    set(({ bases }) => ({
      bases: bases.map((each) => (each.base.id === id ? { ...each, availability } : each)),
    }));
  };

  return {
    bases: BASES.map((base) => ({
      base,
      availability: { status: base.isBundled ? 'ready' : 'not-stored' },
    })),
    backendChoice: storedBackendChoice(),
    backendReport: null,

    loadBases: async () => {
      const stored = new Set(await listStoredBaseIds(services.database));
      for (const { base, availability } of get().bases) {
        const isReady = base.isBundled || stored.has(base.id);
        if (availability.status === 'downloading') continue;
        setAvailability(base.id, { status: isReady ? 'ready' : 'not-stored' });
      }
    },

    prepareBase: async () => {
      const { project, backendChoice } = get();
      if (project === null) return;
      const show = (report: BackendReport) => {
        const { project: shown, backendChoice: choice } = get();
        if (shown?.baseId === project.baseId && choice === backendChoice) {
          set({ backendReport: report });
        }
      };
      try {
        const base = { baseId: baseOf(project).id, backend: backendChoice };
        show(await services.base('prepareBase', base, { onProgress: show }));
      } catch (thrown) {
        notifyFailure(set, thrown);
      }
    },

    downloadBase: async (id) => {
      const base = findBase(id);
      if (base === undefined) return;
      const controller = new AbortController();
      download = controller;
      setAvailability(id, { status: 'downloading', bytesDone: 0, bytesTotal: base.sizeBytes });
      try {
        await services.base(
          'downloadBase',
          { baseId: id },
          {
            signal: controller.signal,
            onProgress: (progress) => {
              setAvailability(id, { status: 'downloading', ...progress });
            },
          },
        );
        setAvailability(id, { status: 'ready' });
        const { project, runs } = get();
        if (project !== null && runs.length === 0) await get().setBase(id);
      } catch (thrown) {
        const failure = toFailure(thrown);
        const wasCancelled = failure.code === 'cancelled';
        setAvailability(
          id,
          wasCancelled ? { status: 'not-stored' } : { status: 'failed', failure },
        );
      }
    },

    cancelDownload: () => download?.abort(),

    setBackendChoice: async (choice) => {
      localStorage.setItem(BACKEND_CHOICE_KEY, choice);
      set({ backendChoice: choice, backendReport: null });
      await get().prepareBase();
    },
  };
}
