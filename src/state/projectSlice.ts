import type { ActivationSpace } from '../domain/activationKey.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import { newId, type ClassLabelId, type SampleId } from '../domain/ids.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { TrainingRun } from '../domain/trainingRun.ts';
import { missingActivations } from '../storage/activations.ts';
import { getProject, putProject } from '../storage/projects.ts';
import { listRuns } from '../storage/runs.ts';
import { listSamples, putSamples } from '../storage/samples.ts';
import { getThumbnail } from '../storage/thumbnails.ts';
import type { NoticeKey, ProjectSlice } from './appState.ts';
import { baseOf } from './baseOf.ts';
import { notify } from './noticesSlice.ts';
import { createProjectLock } from './projectLock.ts';
import { withoutStart } from './settledConfig.ts';
import type { SliceContext } from './store.ts';

/** Number of colours in the palette; a new class takes the first that is free. */
const NUM_CLASS_COLORS = 10;

function freeColorIndex(project: Project): number {
  const used = new Set(project.classLabels.map(({ colorIndex }) => colorIndex));
  for (let index = 0; index < NUM_CLASS_COLORS; index++) if (!used.has(index)) return index;
  return project.classLabels.length % NUM_CLASS_COLORS;
}

/** A run that was going when its tab went away can go on, but not by itself. */
function withoutRunning(run: TrainingRun): TrainingRun {
  return run.status === 'running' ? { ...run, status: 'paused' } : run;
}

export function createProjectSlice({ set, get, services }: SliceContext): ProjectSlice {
  const { database } = services;
  const lock = createProjectLock((isOpenElsewhere) => {
    set({ isOpenElsewhere });
  });

  const updateProject = async (change: (project: Project) => Partial<Project>) => {
    const { project } = get();
    if (project === null) return;
    const updated = { ...project, ...change(project), updatedAt: Date.now() };
    // Before storing, so that two quick changes build on each other.
    set({ project: updated });
    await putProject(database, updated);
  };

  /** Stores changed samples and shows them, if their project is still the open one. */
  const updateSamples = async (changed: readonly Sample[]) => {
    await putSamples(database, changed);
    const byId = new Map(changed.map((sample) => [sample.id, sample]));
    const projectId = get().project?.id;
    set(({ samples }) => {
      const known = new Set(samples.map(({ id }) => id));
      const back = changed.filter(
        ({ id, projectId: home }) => !known.has(id) && home === projectId,
      );
      return {
        samples: [...samples.map((sample) => byId.get(sample.id) ?? sample), ...back]
          .filter(({ deletedAt }) => deletedAt === null)
          .sort((a, b) => a.addedAt - b.addedAt),
      };
    });
  };

  /** Applies a change to samples and offers to take it back. */
  const changeSamples = async (
    ids: readonly SampleId[],
    change: Partial<Sample>,
    key: NoticeKey,
    name: string,
  ) => {
    const chosen = new Set(ids);
    const before = get().samples.filter(({ id }) => chosen.has(id));
    if (before.length === 0) return;
    await updateSamples(before.map((sample) => ({ ...sample, ...change })));
    notify(set, { kind: 'done', key, name, count: before.length }, () => updateSamples(before));
  };

  return {
    project: null,
    samples: [],
    isOpenElsewhere: false,

    openProject: async (id) => {
      const project = await getProject(database, id);
      if (project?.deletedAt !== null) return false;
      const [samples, runs] = await Promise.all([
        listSamples(database, id),
        listRuns(database, id),
      ]);
      get().clearPredictions();
      get().cancelTransfer();
      get().cancelAveraging();
      set({ project, samples, runs: runs.map(withoutRunning), selectedRunId: null });
      set({ training: { status: 'idle' }, backendReport: null });
      set({ lastEmbedding: null, problems: [], liveHead: null });
      lock.take(id);
      return true;
    },

    closeProject: () => {
      lock.release();
      get().cancelTraining();
      get().cancelTransfer();
      get().cancelAveraging();
      set({ project: null, samples: [], runs: [], selectedRunId: null });
    },

    addClass: async (name) => {
      const id = newId<ClassLabelId>();
      await updateProject((project) => ({
        classLabels: [...project.classLabels, { id, name, colorIndex: freeColorIndex(project) }],
      }));
      return id;
    },

    renameClass: (id, name) =>
      updateProject(({ classLabels }) => ({
        classLabels: classLabels.map((label) => (label.id === id ? { ...label, name } : label)),
      })),

    recolorClass: (id, colorIndex) =>
      updateProject(({ classLabels }) => ({
        classLabels: classLabels.map((label) =>
          label.id === id ? { ...label, colorIndex } : label,
        ),
      })),

    moveClass: (id, toIndex) =>
      updateProject(({ classLabels }) => {
        const label = classLabels.find((each) => each.id === id);
        if (label === undefined) return {};
        const others = classLabels.filter((each) => each.id !== id);
        return { classLabels: others.toSpliced(toIndex, 0, label) };
      }),

    deleteClass: async (id) => {
      const { project, samples } = get();
      const index = project?.classLabels.findIndex((label) => label.id === id) ?? -1;
      const label = project?.classLabels[index];
      if (label === undefined) return;
      const before = samples.filter((sample) => sample.classLabelId === id);
      await updateProject(({ classLabels }) => ({
        classLabels: classLabels.filter((each) => each.id !== id),
      }));
      const deletedAt = Date.now();
      await updateSamples(before.map((sample) => ({ ...sample, deletedAt })));
      const { name } = label;
      notify(set, { kind: 'done', key: 'class-deleted', name, count: before.length }, async () => {
        await updateProject(({ classLabels }) => ({
          classLabels: classLabels.toSpliced(index, 0, label),
        }));
        await updateSamples(before);
      });
    },

    moveSamples: (ids, to) => {
      const name = get().project?.classLabels.find(({ id }) => id === to)?.name ?? '';
      return changeSamples(ids, { classLabelId: to }, 'photos-moved', name);
    },

    deleteSamples: (ids) => changeSamples(ids, { deletedAt: Date.now() }, 'photos-deleted', ''),

    setFraming: (framing) => updateProject(() => ({ framing })),

    setHeadConfig: (headConfig) => updateProject(() => ({ headConfig })),

    setAugmentation: (augmentation) => updateProject(() => ({ augmentation })),

    setAveraging: (averaging) => updateProject(() => ({ averaging })),

    setBase: async (baseId) => {
      const base = baseOf(get().bases, baseId);
      const lastRun = get().runs.find(({ classifier }) => classifier.baseId === base.id);
      const cut = lastRun?.classifier.cut ?? base.defaultCut;
      await updateProject(({ headConfig }) => ({
        baseId: base.id,
        cut,
        headConfig: withoutStart(headConfig),
      }));
      set({ backendReport: null });
    },

    setCut: (cut) =>
      updateProject(({ headConfig }) => ({ cut, headConfig: withoutStart(headConfig) })),

    countMissing: async () => {
      const { project, samples, bases } = get();
      const base = bases.find(({ model }) => model?.id === project?.baseId)?.model;
      if (project === null || base == null) return null;
      const space: ActivationSpace = {
        graphHash: base.graphHash,
        cut: project.cut,
        preprocessing: preprocessingFor(base, project.framing),
        view: 'original',
      };
      const hashes = samples.map(({ imageHash }) => imageHash);
      return (await missingActivations(database, space, hashes)).length;
    },

    loadThumbnail: async (hash) => {
      const thumbnail = await getThumbnail(database, hash);
      return thumbnail === undefined ? null : new Blob([thumbnail.bytes], { type: 'image/jpeg' });
    },
  };
}
