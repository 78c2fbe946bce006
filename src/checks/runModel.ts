import type { ExportFile } from '../bridge/exportMethods.ts';
import { fileNamed } from '../exporters/exportedFile.ts';

/** Runs 8-bit RGB as float32, [numPhotos, height, width, 3], to [numPhotos, numClasses]. */
export type RunModel = (pixels: Float32Array, numPhotos: number) => Promise<Float32Array>;

/** Reopens a model's files in a runtime; `inputShape` is [height, width, 3]. */
export type OpenModel = (
  files: readonly ExportFile[],
  inputShape: readonly [number, number, number],
) => Promise<RunModel>;

export function fileBytes(files: readonly ExportFile[], path: string): Uint8Array<ArrayBuffer> {
  return fileNamed(files, path).bytes;
}

export function fileJson(files: readonly ExportFile[], path: string): unknown {
  return JSON.parse(new TextDecoder().decode(fileBytes(files, path)));
}
