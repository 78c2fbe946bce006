import {
  openModelFiles,
  openNetwork,
  type OpenedBase,
  type OpenedFiles,
} from '../network/openNetwork.ts';
import { blobSource } from './blobSource.ts';

/** A file of a base, as it was stored, fetched or given. */
export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

/** The base in files that belong together; weights are read when they are needed. Errors: see `openNetwork`. */
export async function openFiles(files: readonly NamedBlob[]): Promise<OpenedBase> {
  return openNetwork(files.map(({ name, blob }) => blobSource(name, blob)));
}

/** The same where the files may also be a trained head by itself. Errors: see `openModelFiles`. */
export async function openBaseOrHead(files: readonly NamedBlob[]): Promise<OpenedFiles> {
  return openModelFiles(files.map(({ name, blob }) => blobSource(name, blob)));
}
