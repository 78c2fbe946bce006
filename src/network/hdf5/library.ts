import type { Module } from 'h5wasm';
import type { EmscriptenFs } from './sourceFileSystem.ts';

export type H5Module = typeof Module;

export interface Hdf5Library {
  readonly module: H5Module;
  readonly fs: EmscriptenFs;
}

/** Where the file that is open at the moment is mounted. */
export const MOUNT_FOLDER = '/source';

const STANDARD_ERROR = 2;

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
  return { module, fs };
}
