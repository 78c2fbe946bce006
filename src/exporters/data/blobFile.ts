/** A file that may be large, wherever the browser keeps it. */
export interface BlobFile {
  /** Inside the zip, with forward slashes. */
  readonly path: string;
  readonly bytes: Blob;
}

export function blobFile(path: string, content: BlobPart): BlobFile {
  return { path, bytes: content instanceof Blob ? content : new Blob([content]) };
}
