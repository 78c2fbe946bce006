import type { ProjectId } from '../domain/ids.ts';
import { isDataFormat, type ExportFormat } from '../domain/exportFormat.ts';
import { projectBases } from '../domain/projectBases.ts';
import { safeFileName } from '../domain/fileName.ts';
import { openArchive, type OpenedArchive } from '../intake/graftArchive/openArchive.ts';
import { writeArchive } from '../intake/graftArchive/writeArchive.ts';
import type { PackedFiles } from '../intake/packFiles.ts';
import { getHead } from '../storage/heads.ts';
import { getImage } from '../storage/images.ts';
import { putProject } from '../storage/projects.ts';
import { putRun } from '../storage/runs.ts';
import type { NewImage } from '../storage/images.ts';
import { addSamples } from '../storage/samples.ts';
import type { ExportSlice, ExportStage, FileToSave } from './exportState.ts';
import { appVersion } from './appVersion.ts';
import { archivedBases, restoreBases } from './archivedBases.ts';
import { exportData } from './exportData.ts';
import { exportModel } from './exportModel.ts';
import { exportQuantised } from './exportQuantised.ts';
import { createHeadGolden } from './headGolden.ts';
import { inBatches } from './inBatches.ts';
import { notify, toFailure } from './noticesSlice.ts';
import { secondsLeft } from './timeLeft.ts';
import type { SliceContext } from './store.ts';

/** Photos of an archive that are checked and stored together. */
const BATCH_SIZE = 24;

function fileToSave(
  { blob, extension }: PackedFiles,
  modelName: string,
  format: ExportFormat,
): FileToSave {
  return { fileName: `${safeFileName(modelName)}-${format}${extension}`, blob };
}

type ReportSaving = (done: number, total: number, stage?: ExportStage | null) => void;

export function createExportSlice({ set, get, services }: SliceContext): ExportSlice {
  const { database } = services;
  const askGolden = createHeadGolden(services.base);
  let controller: AbortController | null = null;

  /** Runs one long action at a time, with progress, Cancel and a sentence when it fails. */
  const saving = async <Result>(
    action: (signal: AbortSignal, report: ReportSaving) => Promise<Result>,
  ): Promise<Result | null> => {
    if (controller !== null) return null;
    controller = new AbortController();
    let startedAt = performance.now();
    const report: ReportSaving = (done, total, stage = null) => {
      // What came before goes at a pace of its own.
      if (done === 0) startedAt = performance.now();
      const left = secondsLeft(startedAt, done, total);
      set({ saving: { status: 'running', done, total, stage, secondsLeft: left } });
    };
    report(0, 0);
    try {
      const result = await action(controller.signal, report);
      set({ saving: { status: 'idle' } });
      return result;
    } catch (thrown) {
      const failure = toFailure(thrown);
      const wasCancelled = failure.code === 'cancelled';
      set({ saving: wasCancelled ? { status: 'idle' } : { status: 'failed', failure } });
      return null;
    } finally {
      controller = null;
    }
  };

  /**
   * Stores an archive. Its project counts as deleted until all of it is there: one that was
   * interrupted is never seen, and is purged with everything of it a day later.
   */
  const storeArchive = async (
    { project, samples, runs, heads, bases, images, numImages }: OpenedArchive,
    signal: AbortSignal,
    report: ReportSaving,
  ): Promise<void> => {
    await restoreBases(services, bases);
    await putProject(database, { ...project, deletedAt: Date.now() });
    let done = 0;
    for await (const batch of inBatches<NewImage>(images(), BATCH_SIZE)) {
      const files = batch.map(({ blob }) => blob);
      await services.base('checkPhotos', { files }, { signal });
      const hashes = new Set(batch.map(({ hash }) => hash));
      const rows = samples.filter(({ imageHash }) => hashes.has(imageHash));
      await addSamples(database, rows, batch);
      done += batch.length;
      report(done, numImages);
    }
    for (const run of runs) await putRun(database, run);
    for (const head of heads) await services.head('restoreHead', { head });
    await putProject(database, project);
  };

  return {
    saving: { status: 'idle' },

    proof: null,

    describeModel: (headId) => services.head('describeModel', { headId }).catch(() => null),

    exportModel: (run, format) =>
      saving(async (signal, report) => {
        set({ proof: null });
        const modelName = get().project?.name ?? '';
        const { packed, proof } = isDataFormat(format)
          ? await exportData(
              services,
              { run, format, modelName, backend: get().backendChoice },
              signal,
              report,
            )
          : await exportModel(
              { ...services, askGolden },
              { run, format, modelName },
              signal,
              (stage) => {
                report(0, 0, stage);
              },
            );
        set({ proof });
        return fileToSave(packed, modelName, format);
      }),

    quantised: null,

    exportQuantised: async (run) => {
      set({ quantised: null });
      const quantised = await saving(async (signal, report) => {
        const modelName = get().project?.name ?? '';
        const request = { run, format: 'tflite-int8', modelName } as const;
        const made = await exportQuantised(services, request, signal, report);
        return { report: made.report, file: fileToSave(made.packed, modelName, request.format) };
      });
      set({ quantised });
    },

    saveTrainingJob: (run) =>
      saving(async (signal, report) => {
        const { project, samples } = get();
        report(0, 0, 'writing');
        const params = { headId: run.headId, modelName: project?.name ?? '' };
        const { files } = await services.head('exportJob', params, { signal });
        const { writeTrainingJob } = await import('../intake/trainingJob.ts');
        const { zip, numLeftOut } = await writeTrainingJob(services.withZip, files, {
          run,
          fileNames: new Map(samples.map(({ id, fileName }) => [id, fileName])),
          getImage: (hash) => getImage(database, hash),
          signal,
          onProgress: report,
        });
        const fileName = `${safeFileName(params.modelName)}-training-job.zip`;
        return { fileName, blob: zip, numLeftOut };
      }),

    saveProject: () =>
      saving(async (signal, report) => {
        const { project, samples, runs } = get();
        if (project === null) return null;
        const completed = runs.filter((run) => run.status === 'completed');
        const heads = await Promise.all(completed.map(({ headId }) => getHead(database, headId)));
        const blob = await writeArchive(services.withZip, {
          project,
          samples,
          runs,
          heads,
          bases: await archivedBases(database, projectBases(project, runs)),
          appVersion,
          getImage: (hash) => getImage(database, hash),
          signal,
          onProgress: report,
        });
        return { fileName: `${safeFileName(project.name)}.graft`, blob };
      }),

    openArchive: (file: File) =>
      saving(async (signal, report): Promise<ProjectId> => {
        const archive = await openArchive(file, { signal, onProgress: report });
        await storeArchive(archive, signal, report);
        await Promise.all([get().loadSummaries(), get().loadBases()]);
        const { id, name } = archive.project;
        notify(set, { kind: 'done', key: 'project-opened', name, count: archive.samples.length });
        return id;
      }),

    cancelSaving: () => controller?.abort(),
  };
}
