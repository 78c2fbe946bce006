import type { DataFormat } from '../domain/exportFormat.ts';
import type { ExportFile } from './exportFile.ts';
import type { HeadId, SampleId, Sha256 } from '../domain/ids.ts';

interface PhotoProgress {
  readonly done: number;
  readonly total: number;
}

/** What a data file is about. */
export interface DataSubject {
  readonly headId: HeadId;
  readonly format: DataFormat;
  /** Photos of the run to be in it, in the run's order, their activations stored; for others than photo data, none. */
  readonly sampleIds: readonly SampleId[];
}

/** The base worker's part: pictures. */
export interface SpriteMethods {
  /** One PNG of all these photos' thumbnails, as `domain/spriteGrid` lays them out. Errors: cancelled. */
  drawSprite: {
    params: { readonly imageHashes: readonly Sha256[] };
    result: { readonly sprite: Blob };
    progress: PhotoProgress;
  };
}

/** The head worker's part: writing. */
export interface DataMethods {
  /** Numbers and documents as files. Errors: cancelled, not-found, those of reading the base. */
  exportData: {
    params: DataSubject & { readonly modelName: string };
    result: { readonly files: readonly ExportFile[] };
    progress: PhotoProgress;
  };
}

/** The check worker's part: comparing. */
export interface CompareMethods {
  /**
   * Reads files again and compares each of their values with what is stored. Errors: data-differs
   * {different, values, difference, place}, data-unreadable {reason}.
   */
  compareData: {
    params: DataSubject & { readonly files: readonly ExportFile[] };
    result: { readonly numValues: number };
    progress: PhotoProgress;
  };
}
