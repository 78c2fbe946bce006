import type { OpenedModel } from '../bridge/modelMethods.ts';
import { newId, type HeadId, type ProjectId, type RunId } from '../domain/ids.ts';
import { NO_OUTCOMES, type Head } from '../domain/head.ts';
import type { Project } from '../domain/project.ts';
import { shownName } from '../domain/shownName.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import { dropEntries } from '../intake/entries.ts';
import { isGraftArchive } from '../intake/graftArchive/isGraftArchive.ts';
import { putProject } from '../storage/projects.ts';
import { putRun } from '../storage/runs.ts';
import { appVersion } from './appVersion.ts';
import { configOfModel } from './configOfModel.ts';
import type { ModelSlice } from './modelState.ts';
import { notify, toFailure } from './noticesSlice.ts';
import type { SliceContext } from './store.ts';

const NUM_CLASS_COLORS = 10;

export function createModelSlice({ set, get, services }: SliceContext): ModelSlice {
  const { database } = services;

  const openModel = async (files: readonly File[]): Promise<ProjectId> => {
    const model = await services.base('openModel', { files });
    const fallback = files[0]?.name.replace(/\.\w+$/u, '') ?? '';
    const { project, run, head } = partsOf(model, fallback);
    // As for archives: what was interrupted is never seen, and is purged a day later.
    await putProject(database, { ...project, deletedAt: Date.now() });
    await putRun(database, run);
    await services.head('restoreHead', { head });
    await putProject(database, project);
    await get().loadBases();
    await get().loadSummaries();
    notify(set, { kind: 'done', key: 'model-opened', name: project.name, count: 1 });
    return project.id;
  };

  const open = async (listing: Promise<readonly File[]>): Promise<ProjectId | null> => {
    if (get().modelOpening.status === 'reading') return null;
    set({ modelOpening: { status: 'reading' } });
    try {
      const files = await listing;
      const [file, ...others] = files;
      if (file === undefined) return null;
      const isArchive = others.length === 0 && (await isGraftArchive(file));
      return await (isArchive ? get().openArchive(file) : openModel(files));
    } catch (thrown) {
      set({ modelOpening: { status: 'failed', failure: toFailure(thrown) } });
      return null;
    } finally {
      if (get().modelOpening.status === 'reading') set({ modelOpening: { status: 'idle' } });
    }
  };

  return {
    modelOpening: { status: 'idle' },
    openFiles: (files) => open(Promise.resolve(files)),
    openDrop: (data) => open(filesOf(dropEntries(data))),
  };
}

async function filesOf(entries: ReturnType<typeof dropEntries>): Promise<readonly File[]> {
  const files: File[] = [];
  for await (const { path, read } of entries) {
    files.push(new File([await read()], path.split('/').at(-1) ?? path));
  }
  return files;
}

/** A project whose only run is the model, as if it had been trained here on photos that are not here. */
function partsOf(
  model: OpenedModel,
  fallbackName: string,
): { readonly project: Project; readonly run: CompletedRun; readonly head: Head } {
  const { base, cut, preprocessing, classNames } = model;
  const now = Date.now();
  const name = shownName(model.name ?? fallbackName) || fallbackName;
  const ids = { projectId: newId<ProjectId>(), runId: newId<RunId>(), headId: newId<HeadId>() };
  const classLabels = classNames.map((className, index) => ({
    id: newId<Project['classLabels'][number]['id']>(),
    name: shownName(className) || String(index + 1),
    colorIndex: index % NUM_CLASS_COLORS,
  }));
  const { tuning } = model;
  const config = configOfModel(model);
  const { graphHash, id: baseId } = base;
  const classifier = { baseId, graphHash, cut, preprocessing, labels: classLabels };
  const { framing } = preprocessing;
  const project = { baseId, cut, framing, classLabels, headConfig: config };
  return {
    project: {
      ...project,
      id: ids.projectId,
      name,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    },
    run: {
      id: ids.runId,
      projectId: ids.projectId,
      startedAt: now,
      appVersion,
      config,
      classifier,
      samples: [],
      epochs: [],
      status: 'completed',
      isStoppedEarly: false,
      headId: ids.headId,
      finishedAt: now,
      durationMs: 0,
      backend: 'cpu',
      evaluations: { validation: null, test: null },
    },
    head: {
      id: ids.headId,
      runId: ids.runId,
      classifier,
      weights: model.head,
      ...(tuning && { tuned: tuning.tensors }),
      heldOut: NO_OUTCOMES,
    },
  };
}
