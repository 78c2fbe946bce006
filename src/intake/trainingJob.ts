import { throwIfCancelled } from '../domain/errors.ts';
import { photoShards, type ShardInput } from './photoShards.ts';
import type { FileToZip, WithZip } from '../zip/zipTarget.ts';

export interface TrainingJob {
  readonly zip: Blob;
  /** Photos of the run that are gone. */
  readonly numLeftOut: number;
}

/** One zip of a job's files and photos. One shard's photos at a time are looked at. Errors: cancelled. */
export function writeTrainingJob(
  withZip: WithZip,
  files: readonly FileToZip[],
  input: ShardInput,
): Promise<TrainingJob> {
  return withZip('application/zip', async (zip) => {
    for (const { path, bytes } of files) {
      throwIfCancelled(input.signal);
      await zip.add(path, bytes, 'deflated');
    }
    let numPhotos = 0;
    for await (const shard of photoShards(input)) {
      await zip.add(`photos/${shard.name}`, shard.tar, 'stored');
      numPhotos += shard.numPhotos;
    }
    return { zip: await zip.close(), numLeftOut: input.run.samples.length - numPhotos };
  });
}
