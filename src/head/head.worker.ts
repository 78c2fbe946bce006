import type { HeadMethods } from '../bridge/protocol.ts';
import { serve } from '../bridge/serve.ts';
import { isGpu } from '../domain/backend.ts';
import type { RunId } from '../domain/ids.ts';
import type { ClassifierSpec } from '../domain/trainingRun.ts';
import { startProcessorBackend } from '../engine/startProcessorBackend.ts';
import { deleteCheckpoint } from '../storage/checkpoints.ts';
import { openDatabase } from '../storage/database.ts';
import { getHead } from '../storage/heads.ts';
import { getRun } from '../storage/runs.ts';
import { averageViews } from './averageViews.ts';
import { readDemoFiles } from './demoFiles.ts';
import { trainOnGpu } from './gpu/trainOnGpu.ts';
import type { ExportSources } from './exportModel.ts';
import { createLiveSession } from './live/liveSession.ts';
import { restoreHead } from './restoreHead.ts';
import { trainHead } from './trainHead.ts';
import { checkTransfer } from './transfer/checkTransfer.ts';
import { learningCurve } from './transfer/learningCurve.ts';
import { measureCut } from './transfer/measureCut.ts';

const opening = openDatabase();
const starting = startProcessorBackend();
/** Runs that were asked to pause. */
const pausing = new Set<RunId>();
const live = opening.then(createLiveSession);

/** Readers of every format, which training has no use for, are loaded then. */
async function openExportSources(): Promise<ExportSources> {
  const [database, { readBase }] = await Promise.all([opening, import('./readBase.ts')]);
  return {
    readHead: (id) => getHead(database, id),
    readBase: (classifier) => readBase(database, classifier),
    readRun: (id) => getRun(database, id),
    readDemo: readDemoFiles,
    now: () => new Date(),
  };
}

serve<HeadMethods>(self, {
  trainHead: async (params, context) => {
    const tools = { database: await opening, backend: await starting };
    const { run, backend } = params;
    const { id, config } = run;
    const isPausing = () => pausing.has(id);
    try {
      const onGpu =
        config.solver === 'deeper' && isGpu(backend)
          ? await trainOnGpu({ run, backend, isPausing }, context)
          : null;
      return onGpu ?? (await trainHead({ run }, context, { ...tools, isPausing }));
    } finally {
      pausing.delete(id);
    }
  },
  pauseTraining: ({ runId }) => {
    pausing.add(runId);
    return Promise.resolve(null);
  },
  discardCheckpoint: async ({ runId }) => {
    await deleteCheckpoint(await opening, runId);
    return null;
  },
  checkTransfer: async (params, context) => {
    await starting;
    return checkTransfer(params, context, await opening);
  },
  trainFromScratch: async (params, context) => {
    // The trainable network and the writer of files, which heads have no use for.
    const { trainFromScratch } = await import('./ownBase/trainFromScratch.ts');
    await starting;
    return trainFromScratch(params, context, await opening);
  },
  learningCurve: async (params, context) => {
    await starting;
    return learningCurve(params, context, await opening);
  },
  measureCut: async (params, context) => {
    await starting;
    return measureCut(params, context, await opening);
  },
  refreshLive: async (params, { signal }) => (await live)(params, signal),
  restoreHead: async ({ head }) => restoreHead(await opening, head),
  measureAveraging: async (params, { signal }) => {
    await starting;
    return averageViews(params, signal, await opening);
  },
  describeModel: async (params) => {
    const { describeModel } = await import('./exportModel.ts');
    return describeModel(params, await openExportSources());
  },
  exportData: async (params, context) => {
    const [database, { readBase }, { exportData }] = await Promise.all([
      opening,
      import('./readBase.ts'),
      import('./exportData.ts'),
    ]);
    const sources = { database, readBase: (spec: ClassifierSpec) => readBase(database, spec) };
    return exportData(params, sources, context);
  },
  exportJob: async (params) => {
    // With the program's text, which goes with no other file.
    const { exportJob } = await import('./exportJob.ts');
    return exportJob(params, await openExportSources());
  },
  exportModel: async (params, context) => {
    const { exportModel } = await import('./exportModel.ts');
    await starting;
    return exportModel(params, await openExportSources(), context);
  },
});
