import type { ExportFile } from '../bridge/exportFile.ts';
import type { Head } from '../domain/head.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import type { Database } from '../storage/database.ts';
import { getActivations } from '../storage/activations.ts';
import type { RunPhoto } from '../storage/runPhotos.ts';
import type { Comparison } from './comparison.ts';

/** A file to be compared, and what is stored about what it says. */
export interface DataUnderCheck {
  readonly database: Database;
  readonly files: readonly ExportFile[];
  readonly head: Head;
  readonly run: CompletedRun;
  /** Those that should be in it. */
  readonly photos: readonly RunPhoto[];
  readonly comparison: Comparison;
  /** Says how far it is, and ends it where it was cancelled. */
  readonly report: (done: number, total: number) => void;
}

/** Errors: Error. */
export function dataFile(files: readonly ExportFile[], path: string): Blob {
  const file = files.find((each) => each.path === path);
  if (file === undefined) throw new Error(`${path} is missing`);
  return file.bytes;
}

/** Errors: SyntaxError. */
export async function dataJson(files: readonly ExportFile[], path: string): Promise<unknown> {
  return JSON.parse(await dataFile(files, path).text()) as unknown;
}

const BATCH_SIZE = 256;

/** The stored activations as float16 bits, photo by photo. */
export async function* storedRows({
  database,
  head: { classifier },
  photos,
  report,
}: DataUnderCheck): AsyncGenerator<Uint16Array> {
  const { graphHash, cut, preprocessing } = classifier;
  const space = { graphHash, cut, preprocessing, view: 'original' } as const;
  for (let done = 0; done < photos.length; done += BATCH_SIZE) {
    report(done, photos.length);
    const batch = photos.slice(done, done + BATCH_SIZE);
    const hashes = batch.map(({ imageHash }) => imageHash);
    for (const row of await getActivations(database, space, hashes)) yield row ?? new Uint16Array();
  }
}
