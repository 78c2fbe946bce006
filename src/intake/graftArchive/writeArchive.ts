import { GraftError, throwIfCancelled } from '../../domain/errors.ts';
import type { Head } from '../../domain/head.ts';
import type { Sha256 } from '../../domain/ids.ts';
import type { Project, Sample } from '../../domain/project.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import { extensionOfType } from '../imageTypes.ts';
import { createZip, type ZipTarget } from '../zipWriting.ts';
import { baseFilePath, baseJson, BASES_ENTRY, type ArchivedBase } from './baseFiles.ts';
import { headBytes, headJson } from './headFiles.ts';
import { ARCHIVE_FORMAT, ARCHIVE_TYPE, ARCHIVE_VERSION, type ArchiveManifest } from './manifest.ts';

export interface ArchiveInput {
  readonly project: Project;
  /** Not deleted ones only. */
  readonly samples: readonly Sample[];
  /** One that is still running is left out. */
  readonly runs: readonly TrainingRun[];
  /** Those of the completed runs. */
  readonly heads: readonly Head[];
  /** Those that were trained by Graft, of the ones that the project needs. */
  readonly bases: readonly ArchivedBase[];
  readonly appVersion: string;
  readonly getImage: (hash: Sha256) => Promise<Blob | undefined>;
  readonly signal: AbortSignal;
  /** Photos written, of all. */
  readonly onProgress: (done: number, total: number) => void;
}

/** The whole project as one `.graft` file (see `manifest`). Errors: cancelled, not-found (a photo). */
export async function writeArchive(input: ArchiveInput): Promise<Blob> {
  const { project, samples, runs, heads, appVersion, signal } = input;
  const zip = createZip(ARCHIVE_TYPE);
  const addJson = (path: string, value: object) => zip.add(path, JSON.stringify(value), 'deflated');
  const manifest: ArchiveManifest = {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    createdAt: Date.now(),
    appVersion,
  };
  await addJson('manifest.json', manifest);
  await addJson('project.json', project);
  await addJson('samples.json', samples);
  await addJson(
    'runs.json',
    runs.filter(({ status }) => status !== 'running' && status !== 'paused'),
  );
  for (const head of heads) {
    throwIfCancelled(signal);
    await addJson(`heads/${head.id}.json`, headJson(head));
    await zip.add(`heads/${head.id}.bin`, headBytes(head), 'deflated');
  }
  await addBases(zip, input);
  await addImages(zip, input);
  return zip.close();
}

async function addBases(zip: ZipTarget, { bases, signal }: ArchiveInput): Promise<void> {
  if (bases.length === 0) return;
  await zip.add(BASES_ENTRY, JSON.stringify(bases.map(baseJson)), 'deflated');
  for (const base of bases) {
    for (const { name, read } of base.files) {
      throwIfCancelled(signal);
      await zip.add(baseFilePath(base, name), await read(), 'deflated');
    }
  }
}

async function addImages(
  zip: ZipTarget,
  { samples, getImage, signal, onProgress }: ArchiveInput,
): Promise<void> {
  const hashes = new Set(samples.map(({ imageHash }) => imageHash));
  let done = 0;
  for (const hash of hashes) {
    throwIfCancelled(signal);
    const image = await getImage(hash);
    if (image === undefined) throw new GraftError('not-found', `No photo ${hash}`);
    await zip.add(`images/${hash}.${extensionOfType(image.type)}`, image, 'stored');
    done += 1;
    onProgress(done, hashes.size);
  }
}
