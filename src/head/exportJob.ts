import type { JobMethods } from '../bridge/exportMethods.ts';
import { GraftError } from '../domain/errors.ts';
import { isOpaque } from '../engine/baseBody.ts';
import { asBlobs } from '../exporters/blobFile.ts';
import { jobFiles } from '../exporters/trainingJob/jobFiles.ts';
import { programFiles } from '../exporters/trainingJob/programFiles.ts';
import type { ExportSources } from './exportModel.ts';

type ExportJob = JobMethods['exportJob'];

/** See `bridge/exportMethods`. Errors: unsupported-layer, and those of the sources. */
export async function exportJob(
  { headId, modelName }: ExportJob['params'],
  { readHead, readBase, readRun }: Pick<ExportSources, 'readHead' | 'readBase' | 'readRun'>,
): Promise<ExportJob['result']> {
  const { runId, classifier } = await readHead(headId);
  const [run, { network }] = await Promise.all([readRun(runId), readBase(classifier)]);
  if (run.status !== 'completed' || isOpaque(network)) {
    throw new GraftError('internal', 'Only completed runs on bases of layers leave as jobs');
  }
  return { files: asBlobs([...(await jobFiles(network, run, modelName)), ...programFiles()]) };
}
