import type { BaseMethods, CountProgress } from '../bridge/protocol.ts';
import { isGpu } from '../domain/backend.ts';
import { GraftError } from '../domain/errors.ts';
import { newId, type RunId } from '../domain/ids.ts';
import { isSameFit } from '../domain/runOrigin.ts';
import {
  activationCut,
  type CompletedRun,
  type EpochMetrics,
  type TrainingRun,
} from '../domain/trainingRun.ts';
import { nextTask } from '../intake/nextTask.ts';
import { hasCheckpoint } from '../storage/checkpoints.ts';
import { getHead } from '../storage/heads.ts';
import { getRun, putRun } from '../storage/runs.ts';
import type { TrainSlice } from './trainState.ts';
import { appVersion } from './appVersion.ts';
import { baseOf } from './baseOf.ts';
import { notify, toFailure } from './noticesSlice.ts';
import {
  augmentationOf,
  checkClasses,
  classifierFor,
  photosOf,
  photosOfRun,
  runSamples,
} from './runSubject.ts';
import { settledConfig, withStartOf } from './settledConfig.ts';
import { selectedRun } from './selectedRun.ts';
import type { SliceContext } from './store.ts';
import { secondsLeft } from './timeLeft.ts';

type EmbedParams = BaseMethods['embedSamples']['params'];

export function createTrainSlice({ set, get, services }: SliceContext): TrainSlice {
  const { database } = services;
  let controller: AbortController | null = null;

  /** Gives the hashes of photos that cannot be read. */
  const embed = async (photos: Omit<EmbedParams, 'backend'>, signal: AbortSignal) => {
    const startedAt = performance.now();
    const report = await services.base(
      'embedSamples',
      { ...photos, backend: get().backendChoice },
      {
        signal,
        onProgress: (progress) => {
          if (signal.aborted) return;
          const left = secondsLeft(startedAt, progress.done, progress.total);
          set({ training: { status: 'computing', progress, secondsLeft: left } });
        },
      },
    );
    const { computed, reused, backend } = report;
    set({ lastEmbedding: { computed, reused }, backendReport: backend });
    return new Set(report.failed.map(({ imageHash }) => imageHash));
  };

  const showRun = (run: TrainingRun) => {
    if (get().project?.id !== run.projectId) return;
    const byAge = (a: TrainingRun, b: TrainingRun) => b.startedAt - a.startedAt;
    set(({ runs }) => ({
      runs: [run, ...runs.filter(({ id }) => id !== run.id)].toSorted(byAge),
    }));
  };

  const keepRun = async (run: TrainingRun) => {
    await putRun(database, run);
    showRun(run);
  };

  const fit = async (run: TrainingRun, signal: AbortSignal): Promise<void> => {
    const epochs: EpochMetrics[] = [];
    const totalEpochs = run.config.solver === 'exact' ? null : run.config.epochs;
    const show = (search: CountProgress | null) => {
      const shown = { runId: run.id, search, epochs: [...epochs], totalEpochs };
      set({ training: { status: 'fitting', ...shown } });
    };
    const backend = get().backendReport?.backend ?? 'wasm';
    await keepRun(run);
    show(null);
    try {
      const trained = await services.head(
        'trainHead',
        { run, backend },
        {
          signal,
          onProgress: (progress) => {
            if (progress.kind === 'epoch') {
              const { metrics } = progress;
              // After a GPU has failed, some come again.
              epochs.splice(metrics.epoch - 1, Infinity, metrics);
            }
            if (!signal.aborted) show(progress.kind === 'search' ? progress : null);
          },
        },
      );
      if (trained.status === 'paused') await keepRun({ ...run, ...trained });
      else {
        await keepRun({ ...run, ...trained, finishedAt: Date.now() });
        set({ selectedRunId: run.id });
        const isMoved =
          run.config.solver === 'deeper' && isGpu(backend) && trained.backend !== backend;
        if (isMoved) notify(set, { kind: 'done', key: 'moved-to-processor', name: '', count: 0 });
      }
    } catch (thrown) {
      const { code } = toFailure(thrown);
      const finishedAt = Date.now();
      if (code === 'worker-crashed') await keepRun({ ...run, status: 'paused', epochs: [] });
      else if (code === 'cancelled')
        await keepRun({ ...run, epochs, status: 'cancelled', finishedAt });
      else await keepRun({ ...run, epochs, status: 'failed', finishedAt, code });
      throw thrown;
    }
  };

  const newRun = async (from: CompletedRun | null, signal: AbortSignal): Promise<TrainingRun> => {
    const { project, samples } = get();
    if (project === null) throw new GraftError('cancelled', 'No project is open');
    checkClasses(project, samples);
    await get().loadBases();
    const base = baseOf(get().bases, project.baseId);
    const asked = { ...project, headConfig: withStartOf(from?.config, project.headConfig) };
    const config = await settledConfig(asked, samples.length, get().describeBase);
    const classifier = classifierFor(base, project);
    const cutProject = { ...project, cut: activationCut({ config, classifier }) };
    const failed = await embed(photosOf(cutProject, samples), signal);
    const readable = samples.filter(({ imageHash }) => !failed.has(imageHash));
    // Without them the split may give others to training, whose views are not computed yet.
    if (failed.size > 0) await embed(photosOf(cutProject, readable), signal);
    const run: TrainingRun = {
      id: newId<RunId>(),
      projectId: project.id,
      startedAt: Date.now(),
      appVersion,
      config,
      ...augmentationOf(project),
      classifier,
      samples: runSamples(project, readable),
      epochs: [],
      status: 'running',
    };
    return from === null ? run : goingOnFrom(from, run);
  };

  /** With as many epochs more as the settings say, where everything else is the same. */
  const goingOnFrom = async (from: CompletedRun, run: TrainingRun): Promise<TrainingRun> => {
    const origin = { runId: from.id, headId: from.headId };
    const { config } = run;
    const isSame = isSameFit(from, run) && (await hasCheckpoint(database, from.id));
    if (!isSame || config.solver === 'exact')
      return { ...run, origin: { ...origin, kept: 'weights' } };
    const epochs = from.epochs.length + config.epochs;
    return { ...run, config: { ...config, epochs }, origin: { ...origin, kept: 'state' } };
  };

  /** With the photos that it had, whatever has become of the project. */
  const pausedRun = async (id: RunId, signal: AbortSignal): Promise<TrainingRun> => {
    const run = await getRun(database, id);
    await get().loadBases();
    await embed(photosOfRun(run), signal);
    return { ...run, status: 'running' };
  };

  const train = async (prepare: (signal: AbortSignal) => Promise<TrainingRun>) => {
    if (get().project === null || controller !== null) return;
    controller = new AbortController();
    const { signal } = controller;
    set({ training: { status: 'preparing' } });
    try {
      const run = await prepare(signal);
      await nextTask();
      await fit(run, signal);
      set({ training: { status: 'idle' } });
    } catch (thrown) {
      const failure = toFailure(thrown);
      const wasCancelled = failure.code === 'cancelled';
      set({ training: wasCancelled ? { status: 'idle' } : { status: 'failed', failure } });
    } finally {
      controller = null;
    }
  };

  return {
    training: { status: 'idle' },
    lastEmbedding: null,
    runs: [],
    selectedRunId: null,

    selectRun: (id) => {
      set({ selectedRunId: id });
    },

    startTraining: () => train((signal) => newRun(null, signal)),

    trainMore: () => train((signal) => newRun(selectedRun(get()), signal)),

    pauseTraining: async () => {
      const { training } = get();
      if (training.status !== 'fitting') return;
      await services.head('pauseTraining', { runId: training.runId });
    },

    goOn: (id) => train((signal) => pausedRun(id, signal)),

    discardRun: async (id) => {
      const run = await getRun(database, id);
      await services.head('discardCheckpoint', { runId: id });
      await keepRun({ ...run, status: 'cancelled', finishedAt: Date.now() });
    },

    cancelTraining: () => controller?.abort(),

    loadOutcomes: async (headId) => (await getHead(database, headId)).heldOut,
  };
}
