import type { BaseModel } from '../domain/baseModel.ts';
import { DEFAULT_HEAD_CONFIG } from '../domain/headConfig.ts';
import { newId, type ClassLabelId, type ProjectId, type SampleId } from '../domain/ids.ts';
import type { Project } from '../domain/project.ts';
import type { TrainingRun } from '../domain/trainingRun.ts';
import { STARTER_BASE } from '../catalogue/bases.ts';
import type { Database } from '../storage/database.ts';
import { getProject, listProjects, putProject } from '../storage/projects.ts';
import { listRuns } from '../storage/runs.ts';
import { listSamples, putSamples } from '../storage/samples.ts';
import type { KnownBase, ProjectsSlice, ProjectSummary } from './appState.ts';
import { notify } from './noticesSlice.ts';
import type { SliceContext } from './store.ts';

/** Held-out accuracy of the newest completed run that has one; test photos say more than validation photos. */
function lastAccuracy(runs: readonly TrainingRun[]): number | null {
  const run = runs.find(({ status }) => status === 'completed');
  if (run?.status !== 'completed') return null;
  return (run.evaluations.test ?? run.evaluations.validation)?.accuracy ?? null;
}

async function summarise(database: Database, project: Project): Promise<ProjectSummary> {
  const samples = await listSamples(database, project.id);
  const runs = await listRuns(database, project.id);
  return {
    project,
    numPhotos: samples.length,
    lastAccuracy: lastAccuracy(runs),
    hasModel: runs.some(({ status }) => status === 'completed'),
    coverHash: samples.at(-1)?.imageHash ?? null,
  };
}

/** The best base on this device: a downloaded one was asked for, the starter is the fallback. */
function preferredBase(bases: readonly KnownBase[]): BaseModel {
  return bases.find(({ model }) => model?.quality === 'good')?.model ?? STARTER_BASE;
}

export function createProjectsSlice({ set, get, services }: SliceContext): ProjectsSlice {
  const { database } = services;

  const update = async (id: ProjectId, change: Partial<Project>) => {
    const project = await getProject(database, id);
    if (project === undefined) return;
    const updated = { ...project, ...change, updatedAt: Date.now() };
    await putProject(database, updated);
    set((state) => (state.project?.id === id ? { project: updated } : {}));
    await get().loadSummaries();
  };

  return {
    summaries: null,

    loadSummaries: async () => {
      const projects = await listProjects(database);
      set({ summaries: await Promise.all(projects.map((each) => summarise(database, each))) });
    },

    createProject: async (name) => {
      await get().loadBases();
      const base = preferredBase(get().bases);
      const now = Date.now();
      const project: Project = {
        id: newId<ProjectId>(),
        name,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
        baseId: base.id,
        cut: base.defaultCut,
        framing: 'centre-square',
        classLabels: [],
        headConfig: DEFAULT_HEAD_CONFIG,
      };
      await putProject(database, project);
      await get().loadSummaries();
      return project.id;
    },

    renameProject: (id, name) => update(id, { name }),

    duplicateProject: async (id, name) => {
      const project = await getProject(database, id);
      if (project === undefined) return id;
      const now = Date.now();
      const labelIds = new Map(
        project.classLabels.map((label) => [label.id, newId<ClassLabelId>()] as const),
      );
      const copy: Project = {
        ...project,
        id: newId<ProjectId>(),
        name,
        createdAt: now,
        updatedAt: now,
        classLabels: project.classLabels.map((label) => ({
          ...label,
          id: labelIds.get(label.id) ?? label.id,
        })),
      };
      const samples = await listSamples(database, id);
      await putProject(database, copy);
      await putSamples(
        database,
        samples.map((sample) => ({
          ...sample,
          id: newId<SampleId>(),
          projectId: copy.id,
          classLabelId: labelIds.get(sample.classLabelId) ?? sample.classLabelId,
        })),
      );
      await get().loadSummaries();
      return copy.id;
    },

    deleteProject: async (id) => {
      const project = await getProject(database, id);
      if (project === undefined) return;
      await update(id, { deletedAt: Date.now() });
      const message = {
        kind: 'done',
        key: 'project-deleted',
        name: project.name,
        count: 1,
      } as const;
      notify(set, message, () => update(id, { deletedAt: null }));
    },
  };
}
