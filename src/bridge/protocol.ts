import type { BackendChoice, BackendName, BackendReport } from '../domain/backend.ts';
import type { Cut } from '../domain/cut.ts';
import type { ErrorDetails, GraftErrorCode } from '../domain/errors.ts';
import type { Head } from '../domain/head.ts';
import type { BaseId, HeadId, Sha256 } from '../domain/ids.ts';
import type { PhotoProblem } from '../domain/photoProblem.ts';
import type { PhotoPrediction, Prediction } from '../domain/prediction.ts';
import type { Framing } from '../domain/preprocessing.ts';
import type { EpochMetrics, RunEvaluations, TrainingRun } from '../domain/trainingRun.ts';

/** What a method takes, gives, and reports on the way. `progress: never` for methods that report nothing. */
export interface MethodShape {
  readonly params: unknown;
  readonly result: unknown;
  readonly progress: unknown;
}

export type Methods<M> = { readonly [K in keyof M]: MethodShape };

export interface CountProgress {
  readonly done: number;
  readonly total: number;
}

export interface ByteProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface EmbedProgress extends CountProgress {
  /** Already stored before the call; part of neither `done` nor `total`. */
  readonly reused: number;
  /** Over the last seconds; `null` before the first batch. */
  readonly photosPerSecond: number | null;
  readonly backend: BackendName;
  readonly adapter: string | null;
}

export interface EmbedReport {
  readonly computed: number;
  readonly reused: number;
  readonly failed: readonly { readonly imageHash: Sha256; readonly problem: PhotoProblem }[];
  readonly durationMs: number;
  readonly backend: BackendReport;
}

/** The verdict on one file at import. A good one has its thumbnail stored already. */
export type PhotoCheck =
  | {
      readonly status: 'ok';
      readonly imageHash: Sha256;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly status: 'rejected';
      readonly problem: PhotoProblem;
      readonly detail: string | null;
    };

/** Answered by the base worker: everything that looks at pixels. */
export interface BaseMethods {
  /** Fetches a catalogue base, checks its hash and stores it. Errors: base-unreachable, base-hash-mismatch, base-invalid, quota-exceeded. */
  downloadBase: {
    params: { readonly baseId: BaseId };
    result: { readonly sizeBytes: number };
    progress: ByteProgress;
  };
  /** Loads a base and settles the backend. With `auto` it reports WASM at once, and ends when GPUs have been tried beside it. */
  prepareBase: {
    params: { readonly baseId: BaseId; readonly backend: BackendChoice };
    result: BackendReport;
    progress: BackendReport;
  };
  /** Decodes each file, stores its thumbnail, and answers in the order of `files`. */
  checkPhotos: {
    params: { readonly files: readonly Blob[] };
    result: { readonly checks: readonly PhotoCheck[] };
    progress: CountProgress;
  };
  /** Computes and stores what is missing among the activations of these stored images. */
  embedSamples: {
    params: {
      readonly baseId: BaseId;
      readonly cut: Cut;
      readonly framing: Framing;
      readonly backend: BackendChoice;
      readonly imageHashes: readonly Sha256[];
    };
    result: EmbedReport;
    progress: EmbedProgress;
  };
  /** Classifies one frame and closes it. */
  predictFrame: {
    params: {
      readonly headId: HeadId;
      readonly backend: BackendChoice;
      /** Transferred; already mirrored or not as the camera shows it. */
      readonly frame: ImageBitmap;
    };
    result: Prediction;
    progress: never;
  };
  /** Classifies files, in the order of `files`. */
  predictPhotos: {
    params: {
      readonly headId: HeadId;
      readonly backend: BackendChoice;
      readonly files: readonly Blob[];
    };
    result: { readonly predictions: readonly PhotoPrediction[] };
    progress: CountProgress;
  };
}

export interface TrainedHead {
  readonly headId: HeadId;
  readonly epochs: readonly EpochMetrics[];
  readonly isStoppedEarly: boolean;
  readonly durationMs: number;
  readonly backend: BackendName;
  readonly evaluations: RunEvaluations;
}

export interface ExportFile {
  /** Inside the zip, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Answered by the head worker: everything that works on stored activations. */
export interface HeadMethods {
  /** Trains on cached activations, stores the head. Cancelled after the first epoch it gives the head so far. */
  trainHead: {
    params: { readonly run: TrainingRun };
    result: TrainedHead;
    progress: EpochMetrics;
  };
  /** Stores a head that came in an archive. */
  restoreHead: {
    params: { readonly head: Head };
    result: { readonly headId: HeadId };
    progress: never;
  };
  /** The files of the Teachable Machine compatible zip. */
  exportTfjs: {
    params: { readonly headId: HeadId; readonly modelName: string };
    result: { readonly files: readonly ExportFile[] };
    progress: never;
  };
}

export interface WireError {
  readonly code: GraftErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Page to worker. */
export type Request =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly kind: 'cancel'; readonly id: number };

/** Worker to page. */
export type Reply =
  | { readonly kind: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'ok'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'fail'; readonly id: number; readonly error: WireError };
