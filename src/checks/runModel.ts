import { fileNamed, type ExportedFile } from '../exporters/exportedFile.ts';

/** Runs 8-bit RGB as float32, [numPhotos, height, width, 3], to [numPhotos, numClasses]. */
export type RunModel = (pixels: Float32Array, numPhotos: number) => Promise<Float32Array>;

export interface ReopenedModel {
  readonly run: RunModel;
  /** Frees what the runtime holds of it. */
  readonly dispose: () => unknown;
}

export interface Runtime {
  /** Loads the runtime itself, while the files are still being written. May be called again. */
  readonly start: () => Promise<unknown>;
  /** Reopens a model's files; `inputShape` is [height, width, 3]. */
  readonly open: (
    files: readonly ExportedFile[],
    inputShape: readonly [number, number, number],
  ) => Promise<ReopenedModel>;
}

export function fileBytes(files: readonly ExportedFile[], path: string): Uint8Array<ArrayBuffer> {
  return fileNamed(files, path).bytes;
}

export function fileJson(files: readonly ExportedFile[], path: string): unknown {
  return JSON.parse(new TextDecoder().decode(fileBytes(files, path)));
}
