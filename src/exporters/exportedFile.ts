export interface ExportedFile {
  /** Inside the zip, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function textFile(path: string, text: string): ExportedFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

export function jsonFile(path: string, value: unknown): ExportedFile {
  return textFile(path, JSON.stringify(value, null, 2));
}
