import { GraftError, throwIfCancelled } from '../../domain/errors.ts';
import type { Head } from '../../domain/head.ts';
import type { Sha256 } from '../../domain/ids.ts';
import type { Project, Sample } from '../../domain/project.ts';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import { extensionOfType } from '../imageTypes.ts';
import type { WithZip, ZipTarget } from '../../zip/zipTarget.ts';
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
export function writeArchive(withZip: WithZip, input: ArchiveInput): Promise<Blob> {
  return withZip(ARCHIVE_TYPE, async (zip) => {
    await addSettings(zip, input);
    await addHeads(zip, input);
    await addBases(zip, input);
    await addImages(zip, input);
    return zip.close();
  });
}

async function addSettings(
  zip: ZipTarget,
  { project, samples, runs, appVersion }: ArchiveInput,
): Promise<void> {
  const manifest: ArchiveManifest = {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    createdAt: Date.now(),
    appVersion,
  };
  await addJson(zip, 'manifest.json', manifest);
  await addJson(zip, 'project.json', project);
  await addJson(zip, 'samples.json', samples);
  const ended = runs.filter(({ status }) => status !== 'running' && status !== 'paused');
  await addJson(zip, 'runs.json', ended);
}

async function addHeads(zip: ZipTarget, { heads, signal }: ArchiveInput): Promise<void> {
  for (const head of heads) {
    throwIfCancelled(signal);
    await addJson(zip, `heads/${head.id}.json`, headJson(head));
    await zip.add(`heads/${head.id}.bin`, headBytes(head), 'deflated');
  }
}

async function addBases(zip: ZipTarget, { bases, signal }: ArchiveInput): Promise<void> {
  if (bases.length === 0) return;
  await addJson(zip, BASES_ENTRY, bases.map(baseJson));
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

function addJson(zip: ZipTarget, path: string, value: object): Promise<void> {
  return zip.add(path, JSON.stringify(value), 'deflated');
}
