import type { CountProgress } from '../bridge/protocol.ts';
import { newId, type RunId } from '../domain/ids.ts';
import type { Project, Sample } from '../domain/project.ts';
import { activationCut, type EpochMetrics, type TrainingRun } from '../domain/trainingRun.ts';
import { nextTask } from '../intake/nextTask.ts';
import { getHead } from '../storage/heads.ts';
import { putRun } from '../storage/runs.ts';
import type { TrainSlice } from './appState.ts';
import { appVersion } from './appVersion.ts';
import { baseOf } from './baseOf.ts';
import { toFailure } from './noticesSlice.ts';
import {
  augmentationOf,
  checkClasses,
  classifierFor,
  runSamples,
  viewsToEmbed,
} from './runSubject.ts';
import { settledConfig } from './settledConfig.ts';
import type { SliceContext } from './store.ts';
import { secondsLeft } from './timeLeft.ts';

export function createTrainSlice({ set, get, services }: SliceContext): TrainSlice {
  const { database } = services;
  let controller: AbortController | null = null;

  const embed = async (project: Project, samples: readonly Sample[], signal: AbortSignal) => {
    const startedAt = performance.now();
    const report = await services.base(
      'embedSamples',
      {
        baseId: project.baseId,
        cut: project.cut,
        framing: project.framing,
        backend: get().backendChoice,
        imageHashes: samples.map(({ imageHash }) => imageHash),
        ...viewsToEmbed(project, samples),
      },
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
    set(({ runs }) => ({ runs: [run, ...runs.filter(({ id }) => id !== run.id)] }));
  };

  const fit = async (run: TrainingRun, signal: AbortSignal): Promise<void> => {
    const epochs: EpochMetrics[] = [];
    const totalEpochs = run.config.solver === 'exact' ? null : run.config.epochs;
    const show = (search: CountProgress | null) => {
      const shown = { runId: run.id, search, epochs: [...epochs], totalEpochs };
      set({ training: { status: 'fitting', ...shown } });
    };
    await putRun(database, run);
    showRun(run);
    show(null);
    const finish = async (finished: TrainingRun) => {
      await putRun(database, finished);
      showRun(finished);
    };
    try {
      const trained = await services.head(
        'trainHead',
        { run },
        {
          signal,
          onProgress: (progress) => {
            if (progress.kind === 'epoch') epochs.push(progress.metrics);
            if (!signal.aborted) show(progress.kind === 'search' ? progress : null);
          },
        },
      );
      await finish({ ...run, ...trained, status: 'completed', finishedAt: Date.now() });
      set({ selectedRunId: run.id });
    } catch (thrown) {
      const { code } = toFailure(thrown);
      const finishedAt = Date.now();
      if (code === 'cancelled') await finish({ ...run, epochs, status: 'cancelled', finishedAt });
      else await finish({ ...run, epochs, status: 'failed', finishedAt, code });
      throw thrown;
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

    startTraining: async () => {
      const { project, samples } = get();
      if (project === null || controller !== null) return;
      controller = new AbortController();
      const { signal } = controller;
      set({ training: { status: 'preparing' } });
      try {
        checkClasses(project, samples);
        await get().loadBases();
        const base = baseOf(get().bases, project.baseId);
        const config = await settledConfig(project, samples.length, get().describeBase);
        const classifier = classifierFor(base, project);
        const cutProject = { ...project, cut: activationCut({ config, classifier }) };
        const failed = await embed(cutProject, samples, signal);
        const readable = samples.filter(({ imageHash }) => !failed.has(imageHash));
        // Without them the split may give others to training, whose views are not computed yet.
        if (failed.size > 0) await embed(cutProject, readable, signal);
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
    },

    cancelTraining: () => controller?.abort(),

    loadOutcomes: async (headId) => (await getHead(database, headId)).heldOut,
  };
}
