import type { FileProblem } from '../domain/photoProblem.ts';
import { isClutter } from './clutter.ts';
import type { ExpandedEntry, IntakeEntry } from './entry.ts';
import { typeOfName } from './imageTypes.ts';
import { nextTask } from './nextTask.ts';
import { isTeachableMachineName } from './teachableMachine.ts';
import { listZip, looksLikeZip, type ZippedFile } from './zipReading.ts';

/** The listing keeps about 6 kB a file while its photos are added. */
const MAX_FILES = 50_000;
const MAX_FILE_BYTES = 200e6;
const MAX_TOTAL_BYTES = 32e9;
/** Pictures shrink by less; what unpacks to more than this many times its size was made to fill a disk. */
const MAX_RATIO = 200;
/** Up to here any ratio is harmless: an empty scan as BMP shrinks a thousandfold. */
const HARMLESS_BYTES = 50e6;

const ENTRIES_PER_TASK = 250;

const ZIP_NAME = /\.(?:zip|tm)$/iu;
const MODEL_NAME = /(?:^|\/)(?:model\.json|saved_model\.pb|[^/]+\.(?:h5|keras|onnx|tflite))$/iu;

/**
 * Replaces zips (and Teachable Machine's `.tm`, which is one) by the files in them, lazily. A zip is known
 * by its name and its first bytes; its own name is no folder of theirs, but the folder that it lies in is.
 * Clutter is left out. What is wrong with a zip becomes problems, never an exception.
 */
export async function* expandZips(
  entries: AsyncIterable<IntakeEntry>,
): AsyncGenerator<ExpandedEntry> {
  let numExpanded = 0;
  for await (const entry of entries) {
    if (isClutter(entry.path)) continue;
    const expanded: AsyncIterable<ExpandedEntry> | ExpandedEntry[] = ZIP_NAME.test(entry.path)
      ? expandZip(entry)
      : [{ kind: 'entry', entry }];
    for await (const item of expanded) {
      yield item;
      numExpanded += 1;
      // A list that is there already would otherwise come in one long task.
      if (numExpanded % ENTRIES_PER_TASK === 0) await nextTask();
    }
  }
}

async function* expandZip(entry: IntakeEntry): AsyncGenerator<ExpandedEntry> {
  const { path } = entry;
  let zip: Blob;
  try {
    zip = await entry.read();
    if (zip.size > 0 && !(await looksLikeZip(zip))) {
      yield { kind: 'entry', entry };
      return;
    }
  } catch {
    yield problem(path, 'unreadable');
    return;
  }
  try {
    yield* filesOf(path, zip.size, zip.size === 0 ? [] : await listFiles(zip));
  } catch {
    yield problem(path, 'zip-damaged');
  }
}

/** The directory without clutter; one file more than the limit where there are too many. */
async function listFiles(zip: Blob): Promise<ZippedFile[]> {
  const files: ZippedFile[] = [];
  for await (const file of listZip(zip)) {
    if (!isClutter(file.path)) files.push(file);
    if (files.length > MAX_FILES) break;
  }
  return files;
}

function* filesOf(
  zipPath: string,
  zipBytes: number,
  files: readonly ZippedFile[],
): Generator<ExpandedEntry> {
  const whole = problemOfZip(zipPath, zipBytes, files);
  if (whole !== null) {
    yield whole;
    return;
  }
  const folder = zipPath.slice(0, zipPath.lastIndexOf('/') + 1);
  const isProject = files.some(({ path }) => isTeachableMachineName(path));
  for (const file of files) {
    // Never read: after publishing it holds a token.
    if (isProject && file.path === 'manifest.json') continue;
    const path = folder + file.path;
    yield (
      problemOfFile(path, file) ?? {
        kind: 'entry',
        entry: { path, read: () => file.read(typeOfName(path)) },
      }
    );
  }
}

/** What is wrong with the zip as a whole; one row instead of one for each file. */
function problemOfZip(
  path: string,
  zipBytes: number,
  files: readonly ZippedFile[],
): ExpandedEntry | null {
  if (files.length === 0) return problem(path, 'empty');
  if (files.length > MAX_FILES) return problem(path, 'too-large', `> ${MAX_FILES}`);
  const totalBytes = files.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  if (totalBytes > MAX_TOTAL_BYTES || isBomb(totalBytes, zipBytes)) {
    return problem(path, 'too-large', megabytes(totalBytes));
  }
  if (files.every(({ isEncrypted }) => isEncrypted)) return problem(path, 'zip-encrypted');
  const isModel = files.some((file) => MODEL_NAME.test(file.path));
  const hasPicture = files.some((file) => typeOfName(file.path) !== '');
  return isModel && !hasPicture ? problem(path, 'model-not-photos') : null;
}

function problemOfFile(path: string, file: ZippedFile): ExpandedEntry | null {
  if (file.isEncrypted) return problem(path, 'zip-encrypted');
  if (file.sizeBytes > MAX_FILE_BYTES || isBomb(file.sizeBytes, file.compressedBytes)) {
    return problem(path, 'too-large', megabytes(file.sizeBytes));
  }
  return ZIP_NAME.test(path) ? problem(path, 'zip-in-zip') : null;
}

function isBomb(sizeBytes: number, compressedBytes: number): boolean {
  return sizeBytes > HARMLESS_BYTES && sizeBytes > compressedBytes * MAX_RATIO;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function problem(
  fileName: string,
  reason: FileProblem,
  detail: string | null = null,
): ExpandedEntry {
  return { kind: 'problem', problem: { fileName, problem: reason, detail } };
}
