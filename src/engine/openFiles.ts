import { openNetwork, type OpenedBase } from '../network/openNetwork.ts';
import { blobSource } from './blobSource.ts';

/** A file of a base, as it was stored, fetched or given. */
export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

/** What is in files that belong together; weights are read when they are needed. Errors: base-invalid, unsupported-layer. */
export async function openFiles(files: readonly NamedBlob[]): Promise<OpenedBase> {
  return openNetwork(files.map(({ name, blob }) => blobSource(name, blob)));
}
