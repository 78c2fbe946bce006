import { throwIfCancelled } from '../../domain/errors.ts';
import type { Head } from '../../domain/head.ts';
import type { Sha256 } from '../../domain/ids.ts';
import type { Sample } from '../../domain/project.ts';
import { projectBases } from '../../domain/projectBases.ts';
import { sha256 } from '../../domain/sha256.ts';
import { typeOfName } from '../imageTypes.ts';
import { openFiles, type ArchiveFiles } from './archiveFiles.ts';
import { readBases, type ArchivedBase } from './baseFiles.ts';
import { refuse } from './checks.ts';
import { withFreshIds, type ArchiveContents } from './freshIds.ts';
import { readHead } from './headFiles.ts';
import { readManifest } from './manifest.ts';
import { readProject, readSamples } from './readProject.ts';
import { readRuns, type EndedRun } from './readRuns.ts';

/** An archive whose every byte but those of bases has been checked, under ids of its own. Nothing is stored yet. */
export interface OpenedArchive extends ArchiveContents {
  /** Not checked against their hashes, which takes a reader of networks. */
  readonly bases: readonly ArchivedBase[];
  readonly numImages: number;
  /** The photos of `samples`, each once, in their order; one in memory at a time. */
  readonly images: () => AsyncGenerator<{ readonly hash: Sha256; readonly blob: Blob }>;
}

export interface OpenOptions {
  readonly signal: AbortSignal;
  /** Photos checked, of all. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Opens a `.graft` file (see `manifest`) and checks all of it, photos against their hashes too.
 * Errors: archive-invalid (`entry`: the file in the archive), archive-too-new (`version`), cancelled.
 */
export async function openArchive(
  file: File,
  { signal, onProgress }: OpenOptions,
): Promise<OpenedArchive> {
  const files = await openFiles(file, signal);
  readManifest(await files.json('manifest.json'));
  const project = readProject(await files.json('project.json'));
  const samples = readSamples(await files.json('samples.json'), project);
  const runs = readRuns(await files.json('runs.json'), project.id);
  const heads = await readHeads(files, runs);
  const bases = await readBases(files, projectBases(project, runs));
  const pathOfImage = imagePaths(files, samples);
  await checkImages(files, pathOfImage, { signal, onProgress });
  return {
    ...withFreshIds({ project, samples, runs, heads }),
    bases,
    numImages: pathOfImage.size,
    images: async function* () {
      for (const [hash, path] of pathOfImage) {
        yield { hash, blob: await files.blob(path, typeOfName(path)) };
      }
    },
  };
}

async function readHeads(files: ArchiveFiles, runs: readonly EndedRun[]): Promise<Head[]> {
  const heads: Head[] = [];
  for (const run of runs) {
    if (run.status !== 'completed') continue;
    const path = `heads/${run.headId}`;
    const json = await files.json(`${path}.json`);
    heads.push(readHead(json, await files.binary(`${path}.bin`), run));
  }
  return heads;
}

/** Where the photo of each hash is, in the order of the samples. */
function imagePaths(files: ArchiveFiles, samples: readonly Sample[]): Map<Sha256, string> {
  const known = new Map<string, string>();
  for (const path of files.paths) {
    const hash = /^images\/(?<hash>[0-9a-f]{64})\.\w+$/u.exec(path)?.groups?.['hash'];
    if (hash !== undefined) known.set(hash, path);
  }
  return new Map(
    samples.map(({ imageHash }) => {
      const path = known.get(imageHash);
      return [imageHash, path ?? refuse({ entry: `images/${imageHash}`, where: '' }, 'there')];
    }),
  );
}

async function checkImages(
  files: ArchiveFiles,
  pathOfImage: ReadonlyMap<Sha256, string>,
  { signal, onProgress }: OpenOptions,
): Promise<void> {
  let done = 0;
  for (const [hash, path] of pathOfImage) {
    throwIfCancelled(signal);
    const bytes = await files.binary(path);
    if ((await sha256(bytes)) !== hash) {
      refuse({ entry: path, where: '' }, 'the photo that its name says');
    }
    done += 1;
    onProgress(done, pathOfImage.size);
  }
}
