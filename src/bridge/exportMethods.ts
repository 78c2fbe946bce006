import type { CompareMethods } from './dataMethods.ts';
import type { ExportFile } from './exportFile.ts';
import type { ModelFormat } from '../domain/exportFormat.ts';
import type { ModelSizes } from '../domain/fileSize.ts';
import type { HeadId, Sha256 } from '../domain/ids.ts';

/** Pictures with the answers that an exported file must repeat. */
export interface GoldenAnswers {
  /** [numPhotos, height, width, 3] */
  readonly shape: readonly [number, number, number, number];
  /** 8-bit RGB of that shape, as the base sees the photos. */
  readonly pixels: Blob;
  /** Of the photos in their order, which come first; what follows are drawings. */
  readonly imageHashes: readonly Sha256[];
  /** [numPhotos, numClasses] */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

/** The base worker's part: what the app itself answers. */
export interface GoldenMethods {
  /**
   * Classifies stored photos as Predict does, on WASM, whose arithmetic is that of the files. A photo
   * that is gone is left out.
   */
  predictGolden: {
    params: { readonly headId: HeadId; readonly imageHashes: readonly Sha256[] };
    result: GoldenAnswers;
    progress: never;
  };
  /** The same for eight drawings, which go along with the file: `golden/1.png` and so on. */
  drawGolden: {
    params: { readonly headId: HeadId };
    result: { readonly golden: GoldenAnswers; readonly files: readonly ExportFile[] };
    progress: never;
  };
}

/** The head worker's part: writing. */
export interface ExportMethods {
  /** What the sizes of its files depend on. */
  describeModel: {
    params: { readonly headId: HeadId };
    result: ModelSizes;
    progress: never;
  };
  /**
   * A model's files. Reports photos that ranges were measured on. Errors: unsupported-layer, cancelled,
   * and those of reading base and head.
   */
  exportModel: {
    params: {
      readonly headId: HeadId;
      readonly format: ModelFormat;
      readonly modelName: string;
      /** Photos that a model of 8 bits is to represent well; other formats need none. */
      readonly calibration?: Pick<GoldenAnswers, 'shape' | 'pixels'>;
    };
    result: { readonly files: readonly ExportFile[] };
    progress: { readonly done: number; readonly total: number };
  };
}

/** The head worker's part of a training job: everything but the photos. */
export interface JobMethods {
  /**
   * The base, the settings and the program of a completed run's training job. Errors: unsupported-layer, and
   * those of reading base and head.
   */
  exportJob: {
    params: { readonly headId: HeadId; readonly modelName: string };
    result: { readonly files: readonly ExportFile[] };
    progress: never;
  };
}

/** Answered by the check worker, which ends when nothing is checked any more. */
export interface CheckMethods extends CompareMethods {
  /** Loads the runtime that a format is checked by. Errors: export-unreadable {runtime}. */
  prepareCheck: {
    params: { readonly format: ModelFormat };
    result: null;
    progress: never;
  };
  /** Reopens files and runs them on the golden pictures. Errors: export-unreadable {runtime}. */
  checkExport: {
    params: {
      readonly format: ModelFormat;
      readonly files: readonly ExportFile[];
      readonly golden: GoldenAnswers;
    };
    result: {
      readonly largestDifference: number;
      /** [numPhotos, numClasses] */
      readonly answers: Float32Array;
    };
    progress: never;
  };
}
