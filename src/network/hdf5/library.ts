import type { Module } from 'h5wasm';
import type { EmscriptenFs } from './sourceFileSystem.ts';

export type H5Module = typeof Module;

export interface Hdf5Library {
  readonly module: H5Module;
  readonly fs: EmscriptenFs;
  /** Does some reading in which memory grows as a file of this size may need it, and no further. */
  readonly reading: <Result>(fileBytes: number, work: () => Result) => Result;
}

/** Where the file that is open at the moment is mounted. */
export const MOUNT_FOLDER = '/source';

const STANDARD_ERROR = 2;

/** For texts and for one chunk, unpacked, with the copies that the library takes on the way. */
const MIN_MEMORY_BYTES = 96 * 2 ** 20;
const MAX_MEMORY_BYTES = 768 * 2 ** 20;
/** What is compressed unpacks to a hundred times its size at most. */
const BYTES_PER_FILE_BYTE = 100;
const PAGE_BYTES = 2 ** 16;

let library: Promise<Hdf5Library> | null = null;

/** The HDF5 library, loaded when the first file needs it: it is larger than all the rest of a worker. */
export function loadHdf5Library(): Promise<Hdf5Library> {
  library ??= load().catch((thrown: unknown) => {
    // It may have been the network's fault: the next file tries again.
    library = null;
    throw thrown;
  });
  return library;
}

async function load(): Promise<Hdf5Library> {
  const { ready } = await import('h5wasm');
  const module = await ready;
  const fs = module.FS as unknown as EmscriptenFs;
  fs.mkdir(MOUNT_FOLDER);
  // It prints a stack for every failure, and every damaged file is one; what went wrong is thrown.
  const standardError = fs.getStream(STANDARD_ERROR);
  if (standardError !== null) fs.close(standardError);
  fs.open('/dev/null', 'w');
  return { module, fs, reading: limitMemory(module) };
}

/**
 * The library takes whatever a damaged file says that a text is long, up to 2 GB, and never gives memory
 * back; it has no setting for that. Refused more, it fails as it does where there is no more. Its memory
 * is known by its buffer: others in the worker are left alone.
 */
function limitMemory(module: H5Module): Hdf5Library['reading'] {
  // Writing knows what it writes.
  let maxBytes = Infinity;
  const { prototype } = WebAssembly.Memory;
  const growAny = Reflect.get(prototype, 'grow');
  prototype.grow = function (this: WebAssembly.Memory, numPages: number) {
    const isLibrary = this.buffer === module.HEAPU8.buffer;
    if (isLibrary && this.buffer.byteLength + numPages * PAGE_BYTES > maxBytes) {
      throw new RangeError('No file of that size needs so much memory');
    }
    return growAny.call(this, numPages);
  };
  return (fileBytes, work) => {
    maxBytes = Math.min(MIN_MEMORY_BYTES + fileBytes * BYTES_PER_FILE_BYTE, MAX_MEMORY_BYTES);
    try {
      return work();
    } finally {
      maxBytes = Infinity;
    }
  };
}
