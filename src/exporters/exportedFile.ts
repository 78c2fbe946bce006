import { GraftError } from '../domain/errors.ts';

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

/** Errors: internal. */
export function fileNamed(files: readonly ExportedFile[], path: string): ExportedFile {
  const file = files.find((each) => each.path === path);
  if (file === undefined) throw new GraftError('internal', `No ${path} among the exported files`);
  return file;
}
