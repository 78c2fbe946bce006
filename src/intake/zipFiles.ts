import { createZip } from './zipWriting.ts';

/** A file to be put into a zip. */
export interface FileToZip {
  /** Inside the zip, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer> | Blob;
}

/** One zip of all files, in their order. */
export async function zipFiles(files: readonly FileToZip[]): Promise<Blob> {
  const zip = createZip('application/zip');
  for (const { path, bytes } of files) await zip.add(path, bytes, 'deflated');
  return zip.close();
}
