import type { View } from '../domain/augmentation.ts';
import type { BackendChoice, BackendName, BackendReport } from '../domain/backend.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import type { BaseSummary } from '../domain/baseSummary.ts';
import type { Cut } from '../domain/cut.ts';
import type { Head } from '../domain/head.ts';
import type { BaseId, HeadId, RunId, Sha256 } from '../domain/ids.ts';
import type { LiveHead } from '../domain/liveHead.ts';
import type { PhotoProblem } from '../domain/photoProblem.ts';
import type { Framing, PixelRange, PreprocessingSpec } from '../domain/preprocessing.ts';
import type { ClassifierSpec, FitProgress, RunSample, TrainingRun } from '../domain/trainingRun.ts';
import type { ViewsToEmbed } from '../domain/viewsToEmbed.ts';
import type { AveragingMethods } from './averagingMethods.ts';
import type { DataMethods, SpriteMethods } from './dataMethods.ts';
import type { ExportMethods, GoldenMethods, JobMethods } from './exportMethods.ts';
import type { ModelMethods } from './modelMethods.ts';
import type { OwnBaseMethods, ScratchMethods } from './ownBaseMethods.ts';
import type { PredictMethods } from './predictMethods.ts';
import type { PausedTraining, TrainedHead } from './trainedHead.ts';
import type { TransferMethods } from './transferMethods.ts';

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

/** A base that came from somebody's files or from an address. */
export interface ImportedBase {
  /** The one at hand where the same network was there already, under whatever name. */
  readonly base: BaseModel;
  readonly wasKnown: boolean;
  /** Labels that the files name, as Teachable Machine's do. */
  readonly classNames: readonly string[] | null;
}

/** Answered by the base worker: everything that looks at pixels. */
export interface BaseMethods
  extends GoldenMethods, ModelMethods, OwnBaseMethods, PredictMethods, SpriteMethods {
  /**
   * Fetches a base of the catalogue, going on where an earlier download stopped, checks it and stores it.
   * Cancelled, it keeps what has come. Errors: base-unreachable, base-hash-mismatch, base-invalid, quota-exceeded.
   */
  downloadBase: {
    params: { readonly baseId: BaseId };
    result: { readonly base: BaseModel };
    progress: ByteProgress;
  };
  /**
   * The same for any address that the page's policy allows. `isHeadless`: without the fully connected
   * layers, where the file lets them be left out. Errors: host-not-allowed {host, url}, unsupported-layer.
   */
  addBaseFromUrl: {
    params: { readonly url: string; readonly isHeadless: boolean };
    result: ImportedBase;
    progress: ByteProgress;
  };
  /** Reads a base from files that belong together and stores them. Errors: base-invalid, unsupported-layer, quota-exceeded. */
  importBase: {
    params: { readonly files: readonly File[] };
    result: ImportedBase;
    progress: never;
  };
  /** Removes a base from storage; activations that it computed stay. */
  removeBase: {
    params: { readonly baseId: BaseId };
    result: null;
    progress: never;
  };
  /** Forgets what a cancelled download has kept. `source`: a base's id, or the address given. */
  discardDownload: {
    params: { readonly source: string };
    result: null;
    progress: never;
  };
  /** For an imported base whose files did not say. */
  setBasePixelRange: {
    params: { readonly baseId: BaseId; readonly pixelRange: PixelRange };
    result: { readonly base: BaseModel };
    progress: never;
  };
  /** Layers and sensible cuts of a base that is at hand. */
  describeBase: {
    params: { readonly baseId: BaseId };
    result: BaseSummary;
    progress: never;
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
  /**
   * Computes and stores what is missing among the activations of these stored images, and of views of
   * some of them. Counts activations: a photo has one, and one more for each view.
   */
  embedSamples: {
    params: {
      readonly baseId: BaseId;
      readonly cut: Cut;
      readonly framing: Framing;
      readonly backend: BackendChoice;
      readonly imageHashes: readonly Sha256[];
      readonly views?: ViewsToEmbed;
      /** That of a run, where the base's own may have changed since. */
      readonly preprocessing?: PreprocessingSpec;
      /** Of the same architecture with random weights instead; not for graphs that run as they are. */
      readonly isRandom?: boolean;
    };
    result: EmbedReport;
    progress: EmbedProgress;
  };
  /** Stores what is missing among the pixels of these stored images, as a network with this preprocessing sees them. */
  embedPixels: {
    params: {
      readonly preprocessing: PreprocessingSpec;
      readonly imageHashes: readonly Sha256[];
    };
    result: { readonly failed: readonly Sha256[] };
    progress: CountProgress;
  };
  /** JPEGs of a stored photo's views as the base sees them, in their order. Errors: not-found. */
  previewViews: {
    params: {
      readonly baseId: BaseId;
      readonly framing: Framing;
      readonly imageHash: Sha256;
      readonly views: readonly View[];
    };
    result: { readonly pictures: readonly Blob[] };
    progress: never;
  };
  /** Stores what is missing among the colour histograms of these stored images. */
  describeColours: {
    params: { readonly imageHashes: readonly Sha256[] };
    result: null;
    progress: CountProgress;
  };
}

/** Answered by the head worker: everything that works on stored activations. */
export interface HeadMethods
  extends
    TransferMethods,
    AveragingMethods,
    DataMethods,
    ExportMethods,
    JobMethods,
    ScratchMethods {
  /**
   * Trains on cached activations, stores the head. Cancelled after the first epoch it gives the head so far.
   * A run that was paused or killed goes on where it was; its earlier epochs are reported first.
   */
  trainHead: {
    /** `backend`: for layers of the base; another, which the result names, where a GPU fails. */
    params: { readonly run: TrainingRun; readonly backend: BackendName };
    result: TrainedHead | PausedTraining;
    progress: FitProgress;
  };
  /** Ends the run's training at its next epoch, in a state from which it can go on. */
  pauseTraining: {
    params: { readonly runId: RunId };
    result: null;
    progress: never;
  };
  /** Forgets where a run could have gone on. */
  discardCheckpoint: {
    params: { readonly runId: RunId };
    result: null;
    progress: never;
  };
  /**
   * A head that has learnt from those of the photos whose activations are stored; `null` where they are
   * of fewer than two classes. Goes on from the last call where it can. Errors: cancelled.
   */
  refreshLive: {
    params: {
      readonly classifier: ClassifierSpec;
      readonly photos: readonly Pick<RunSample, 'imageHash' | 'classIndex'>[];
    };
    result: LiveHead | null;
    progress: never;
  };
  /** Stores a head that came in an archive. */
  restoreHead: {
    params: { readonly head: Head };
    result: { readonly headId: HeadId };
    progress: never;
  };
}
