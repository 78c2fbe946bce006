import type { BackendChoice, BackendReport } from '../domain/backend.ts';
import type { BaseId } from '../domain/ids.ts';
import type { ByteProgress, ImportedBase } from '../bridge/protocol.ts';
import { dropEntries } from '../intake/entries.ts';
import type { BaseAvailability, BaseImport, BaseSlice, DownloadStatus } from './appState.ts';
import { baseFilesToSave } from './baseFilesToSave.ts';
import { findBases, FIRST_BASES } from './knownBases.ts';
import { notifyFailure, toFailure } from './noticesSlice.ts';
import type { SliceContext } from './store.ts';
import { secondsLeft } from './timeLeft.ts';

const BACKEND_CHOICE_KEY = 'graft.backend';
const BACKEND_CHOICES: readonly string[] = ['auto', 'webgpu', 'webgl', 'wasm', 'cpu'];

/** A preference of this browser, not of a project: another device has another GPU. */
function storedBackendChoice(): BackendChoice {
  const choice = localStorage.getItem(BACKEND_CHOICE_KEY) ?? 'auto';
  return BACKEND_CHOICES.includes(choice) ? (choice as BackendChoice) : 'auto';
}

/** Adds the time left to what a download reports; what an earlier one had fetched does not count as pace. */
function trackDownload(): (progress: ByteProgress) => DownloadStatus {
  const startedAt = performance.now();
  let bytesKept: number | null = null;
  return ({ bytesDone, bytesTotal }) => {
    bytesKept ??= bytesDone;
    const left = secondsLeft(startedAt, bytesDone - bytesKept, bytesTotal - bytesKept);
    return { bytesDone, bytesTotal, secondsLeft: left };
  };
}

export function createBaseSlice({ set, get, services }: SliceContext): BaseSlice {
  const downloads = new Map<BaseId, AbortController>();
  let importing: AbortController | null = null;

  const setAvailability = (id: BaseId, availability: BaseAvailability) => {
    set(({ bases }) => ({
      bases: bases.map((each) => (each.base.id === id ? { ...each, availability } : each)),
    }));
  };

  /** Shows how an import goes; gives its base, or `null` where it failed. */
  const runImport = async (
    name: string,
    run: (signal: AbortSignal, show: (status: BaseImport) => void) => Promise<ImportedBase>,
  ): Promise<ImportedBase | null> => {
    const controller = new AbortController();
    importing = controller;
    const show = (baseImport: BaseImport) => {
      if (!controller.signal.aborted) set({ baseImport });
    };
    show({ status: 'running', name, progress: null });
    try {
      const imported = await run(controller.signal, show);
      set({ baseImport: { status: 'idle' } });
      return imported;
    } catch (thrown) {
      const failure = toFailure(thrown);
      const wasCancelled = failure.code === 'cancelled';
      set({ baseImport: wasCancelled ? { status: 'idle' } : { status: 'failed', name, failure } });
      return null;
    } finally {
      await get().loadBases();
    }
  };

  return {
    bases: FIRST_BASES,
    stoppedDownloads: [],
    baseImport: { status: 'idle' },
    backendChoice: storedBackendChoice(),
    backendReport: null,

    loadBases: async () => {
      const { bases, stoppedDownloads } = await findBases(services);
      const busy = new Map(
        get()
          .bases.filter(({ base }) => downloads.has(base.id))
          .map(({ base, availability }) => [base.id, availability]),
      );
      set({
        bases: bases.map((each) => {
          const availability = busy.get(each.base.id);
          return availability === undefined ? each : { ...each, model: null, availability };
        }),
        stoppedDownloads,
      });
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
        const base = { baseId: project.baseId, backend: backendChoice };
        show(await services.base('prepareBase', base, { onProgress: show }));
      } catch (thrown) {
        notifyFailure(set, thrown);
      }
    },

    downloadBase: async (id) => {
      const offer = get().bases.find(({ base }) => base.id === id)?.base;
      if (offer === undefined || downloads.has(id)) return;
      const controller = new AbortController();
      downloads.set(id, controller);
      const track = trackDownload();
      const begun = { bytesDone: 0, bytesTotal: offer.sizeBytes, secondsLeft: null };
      setAvailability(id, { status: 'downloading', ...begun });
      const end = async () => {
        downloads.delete(id);
        await get().loadBases();
      };
      try {
        await services.base(
          'downloadBase',
          { baseId: id },
          {
            signal: controller.signal,
            onProgress: (progress) => {
              setAvailability(id, { status: 'downloading', ...track(progress) });
            },
          },
        );
        await end();
        const { project, runs } = get();
        if (project !== null && runs.length === 0) await get().setBase(id);
      } catch (thrown) {
        const failure = toFailure(thrown);
        await end();
        if (failure.code === 'cancelled') return;
        const known = get().bases.find(({ base }) => base.id === id)?.availability;
        const bytesKept = known?.status === 'not-stored' ? known.bytesKept : 0;
        setAvailability(id, { status: 'failed', failure, bytesKept });
      }
    },

    cancelDownload: (id) => downloads.get(id)?.abort(),

    importBase: (files) =>
      runImport(files[0]?.name ?? '', () => services.base('importBase', { files })),

    importBaseDrop: async (data) => {
      const entries = dropEntries(data);
      const name = data.files[0]?.name ?? '';
      return runImport(name, async () => {
        const files: File[] = [];
        for await (const { path, read } of entries) {
          files.push(new File([await read()], path.split('/').at(-1) ?? path));
        }
        return services.base('importBase', { files });
      });
    },

    addBaseFromUrl: (url, isHeadless) =>
      runImport(url, (signal, show) => {
        const track = trackDownload();
        const onProgress = (progress: ByteProgress) => {
          show({ status: 'running', name: url, progress: track(progress) });
        };
        return services.base('addBaseFromUrl', { url, isHeadless }, { signal, onProgress });
      }),

    cancelImport: () => importing?.abort(),

    dismissImport: () => {
      set({ baseImport: { status: 'idle' } });
    },

    removeBase: async (id) => {
      await services.base('removeBase', { baseId: id });
      await get().loadBases();
    },

    saveBaseFiles: async (id) => {
      try {
        return await baseFilesToSave(services, id);
      } catch (thrown) {
        notifyFailure(set, thrown);
        return null;
      }
    },

    discardDownload: async (source) => {
      await services.base('discardDownload', { source });
      await get().loadBases();
    },

    setBasePixelRange: async (id, pixelRange) => {
      await services.base('setBasePixelRange', { baseId: id, pixelRange });
      await get().loadBases();
    },

    describeBase: (id) => services.base('describeBase', { baseId: id }),

    setBackendChoice: async (choice) => {
      localStorage.setItem(BACKEND_CHOICE_KEY, choice);
      set({ backendChoice: choice, backendReport: null });
      await get().prepareBase();
    },
  };
}
