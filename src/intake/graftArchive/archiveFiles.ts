import { GraftError, throwIfCancelled } from '../../domain/errors.ts';
import { listZip, looksLikeZip, type ZippedFile } from '../zipReading.ts';
import { parseJson, refuse, type Found } from './checks.ts';

const MAX_FILES = 1_000_000;
const MAX_JSON_BYTES = 256e6;
const MAX_BINARY_BYTES = 512e6;
/** Weights and lists shrink to a tenth at best; what unpacks to far more was made to fill the memory. */
const MAX_RATIO = 200;
const HARMLESS_BYTES = 20e6;

/** The files of an archive by path, with limits on what is unpacked. All errors: archive-invalid, cancelled. */
export interface ArchiveFiles {
  readonly paths: readonly string[];
  readonly json: (path: string) => Promise<Found>;
  readonly binary: (path: string) => Promise<ArrayBuffer>;
  /** `type`: media type that the blob gets; refused, not unpacked, above `maxBytes`. */
  readonly blob: (path: string, type: string, maxBytes?: number) => Promise<Blob>;
}

export async function openFiles(file: File, signal: AbortSignal): Promise<ArchiveFiles> {
  const files = await listFiles(file, signal);
  const read = async (path: string, type: string, maxBytes: number): Promise<Blob> => {
    throwIfCancelled(signal);
    const zipped = files.get(path);
    const found = { entry: path, where: '' };
    if (zipped === undefined) return refuse(found, 'there');
    if (zipped.isEncrypted) return refuse(found, 'without a password');
    if (zipped.sizeBytes > maxBytes) return refuse(found, `at most ${maxBytes} bytes`);
    if (isBomb(zipped)) return refuse(found, 'not far larger than its zip');
    try {
      return await zipped.read(type);
    } catch {
      return refuse(found, 'undamaged');
    }
  };
  return {
    paths: [...files.keys()],
    json: async (path) => parseJson(await (await read(path, '', MAX_JSON_BYTES)).text(), path),
    binary: async (path) => (await read(path, '', MAX_BINARY_BYTES)).arrayBuffer(),
    blob: (path, type, maxBytes = MAX_BINARY_BYTES) => read(path, type, maxBytes),
  };
}

function isBomb({ sizeBytes, compressedBytes }: ZippedFile): boolean {
  return sizeBytes > HARMLESS_BYTES && sizeBytes > compressedBytes * MAX_RATIO;
}

async function listFiles(file: File, signal: AbortSignal): Promise<Map<string, ZippedFile>> {
  const found = { entry: file.name, where: '' };
  const files = new Map<string, ZippedFile>();
  try {
    if (!(await looksLikeZip(file))) refuse(found, 'a .graft file');
    for await (const zipped of listZip(file)) {
      throwIfCancelled(signal);
      if (files.has(zipped.path)) refuse({ entry: zipped.path, where: '' }, 'there only once');
      if (files.size === MAX_FILES) refuse(found, `of at most ${MAX_FILES} files`);
      files.set(zipped.path, zipped);
    }
  } catch (thrown) {
    if (thrown instanceof GraftError) throw thrown;
    refuse(found, 'undamaged');
  }
  return files;
}
