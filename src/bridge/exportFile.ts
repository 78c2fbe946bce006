/** A file to be saved. It may be large: the browser keeps it where it likes, and it crosses without being copied. */
export interface ExportFile {
  /** Inside the zip, with forward slashes. */
  readonly path: string;
  readonly bytes: Blob;
}
