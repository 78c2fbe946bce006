import type { ExportedFile } from './exportedFile.ts';

/** A file that may be large, wherever the browser keeps it. */
export interface BlobFile {
  /** Inside the zip, with forward slashes. */
  readonly path: string;
  readonly bytes: Blob;
}

export function blobFile(path: string, content: BlobPart): BlobFile {
  return { path, bytes: content instanceof Blob ? content : new Blob([content]) };
}

export function asBlobs(files: readonly ExportedFile[]): BlobFile[] {
  return files.map(({ path, bytes }) => blobFile(path, bytes));
}

export function inMemory(files: readonly BlobFile[]): Promise<ExportedFile[]> {
  return Promise.all(
    files.map(async ({ path, bytes }) => ({
      path,
      bytes: new Uint8Array(await bytes.arrayBuffer()),
    })),
  );
}
