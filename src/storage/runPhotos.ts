import type { SampleId } from '../domain/ids.ts';
import type { RunSample, TrainingRun } from '../domain/trainingRun.ts';
import type { Database } from './database.ts';
import { listSamples } from './samples.ts';

/** A photo as a run saw it, with the name that it came with. */
export interface RunPhoto extends RunSample {
  readonly fileName: string;
}

/** The run's photos that are still in its project, in the run's order. */
export async function listRunPhotos(
  database: Database,
  { projectId, samples }: Pick<TrainingRun, 'projectId' | 'samples'>,
): Promise<RunPhoto[]> {
  const stored = await listSamples(database, projectId);
  const fileNames = new Map(stored.map(({ id, fileName }): [SampleId, string] => [id, fileName]));
  return samples.flatMap((sample) => {
    const fileName = fileNames.get(sample.sampleId);
    return fileName === undefined ? [] : [{ ...sample, fileName }];
  });
}
