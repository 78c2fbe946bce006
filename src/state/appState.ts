import type { Augmentation } from '../domain/augmentation.ts';
import type { Averaging } from '../domain/averaging.ts';
import type { BackendChoice, BackendReport } from '../domain/backend.ts';
import type { BaseModel, BaseOffer } from '../domain/baseModel.ts';
import type { BaseSummary } from '../domain/baseSummary.ts';
import type { Cut } from '../domain/cut.ts';
import type { HeadConfig } from '../domain/headConfig.ts';
import type { BaseId, ClassLabelId, HeadId, ProjectId, SampleId, Sha256 } from '../domain/ids.ts';
import type { ProblemFile } from '../domain/photoProblem.ts';
import type { PhotoPrediction, Prediction } from '../domain/prediction.ts';
import type { Framing, PixelRange } from '../domain/preprocessing.ts';
import type { Project, Sample, SampleSource } from '../domain/project.ts';
import type { RunLabel } from '../domain/trainingRun.ts';
import type { ByteProgress, ImportedBase } from '../bridge/protocol.ts';
import type { AveragingSlice } from './averagingState.ts';
import type { ExportSlice, FileToSave } from './exportState.ts';
import type { Failure } from './failure.ts';
import type { OwnBaseSlice } from './ownBaseState.ts';
import type { LiveSlice } from './liveState.ts';
import type { ModelSlice } from './modelState.ts';
import type { TrainSlice } from './trainState.ts';
import type { TransferSlice } from './transferState.ts';
import type { ViewsSlice } from './viewsState.ts';

export type NoticeKey =
  | 'project-deleted'
  | 'class-deleted'
  | 'photos-deleted'
  | 'photos-moved'
  | 'photos-added'
  | 'project-opened'
  | 'model-opened'
  | 'moved-to-processor';

/** A message at the foot of the page. One with `undo` offers to take the change back. */
export interface Notice {
  readonly id: number;
  readonly message:
    | {
        readonly kind: 'done';
        readonly key: NoticeKey;
        readonly name: string;
        readonly count: number;
      }
    | { readonly kind: 'failed'; readonly failure: Failure };
  readonly undo: (() => Promise<void>) | null;
}

export interface NoticesSlice {
  readonly notices: readonly Notice[];
  readonly dismissNotice: (id: number) => void;
  /** Takes back the newest change that can be taken back; resolves without effect where there is none. */
  readonly undoLast: () => Promise<void>;
}

export interface ProjectSummary {
  readonly project: Project;
  readonly numPhotos: number;
  /** Held-out accuracy of the newest completed run; test before validation; `null` where none was held out. */
  readonly lastAccuracy: number | null;
  readonly hasModel: boolean;
  readonly coverHash: Sha256 | null;
}

export interface ProjectsSlice {
  /** Newest first; `null` until loaded. */
  readonly summaries: readonly ProjectSummary[] | null;
  readonly loadSummaries: () => Promise<void>;
  /** On the best stored base. */
  readonly createProject: (name: string) => Promise<ProjectId>;
  readonly renameProject: (id: ProjectId, name: string) => Promise<void>;
  /** Copies classes, photos and settings, not the runs. Photos and activations are shared, not copied. */
  readonly duplicateProject: (id: ProjectId, name: string) => Promise<ProjectId>;
  readonly deleteProject: (id: ProjectId) => Promise<void>;
}

/** The open project. Every action has been written to storage when its promise resolves. */
export interface ProjectSlice {
  readonly project: Project | null;
  /** Photos of the open project that are not deleted, oldest first. */
  readonly samples: readonly Sample[];
  /** The same project is open in another tab. */
  readonly isOpenElsewhere: boolean;
  /** `false` where there is no such project. */
  readonly openProject: (id: ProjectId) => Promise<boolean>;
  readonly closeProject: () => void;
  readonly addClass: (name: string) => Promise<ClassLabelId>;
  readonly renameClass: (id: ClassLabelId, name: string) => Promise<void>;
  readonly recolorClass: (id: ClassLabelId, colorIndex: number) => Promise<void>;
  readonly moveClass: (id: ClassLabelId, toIndex: number) => Promise<void>;
  readonly deleteClass: (id: ClassLabelId) => Promise<void>;
  readonly moveSamples: (ids: readonly SampleId[], to: ClassLabelId) => Promise<void>;
  readonly deleteSamples: (ids: readonly SampleId[]) => Promise<void>;
  readonly setFraming: (framing: Framing) => Promise<void>;
  readonly setHeadConfig: (config: HeadConfig) => Promise<void>;
  readonly setAugmentation: (augmentation: Augmentation) => Promise<void>;
  /** Of predictions from now on. */
  readonly setAveraging: (averaging: Averaging) => Promise<void>;
  /** Cuts it where the project's last run with it was cut, so that its photos are not computed anew. */
  readonly setBase: (baseId: BaseId) => Promise<void>;
  readonly setCut: (cut: Cut) => Promise<void>;
  /** Photos that training would compute with the base and the cut as they are; `null` where the base is not at hand. */
  readonly countMissing: () => Promise<number | null>;
  /** JPEG of the whole photo, upright; `null` while it is being made or where the photo is gone. */
  readonly loadThumbnail: (hash: Sha256) => Promise<Blob | null>;
}

export type IntakeStatus =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly done: number;
      /** Grows while folders are still being listed. */
      readonly total: number;
      readonly secondsLeft: number | null;
    };

export interface IntakeSlice {
  readonly intake: IntakeStatus;
  /** Files of the last imports that were left out. */
  readonly problems: readonly ProblemFile[];
  readonly dismissProblems: () => void;
  /** Reads the drop's entries before it returns to the event loop. `to`: class of files without a class folder, and of everything dropped onto a class. */
  readonly addDrop: (data: DataTransfer, to: ClassLabelId | null) => Promise<void>;
  readonly addFiles: (files: readonly File[], to: ClassLabelId | null) => Promise<void>;
  /** One picture from the webcam, the clipboard or a prediction. */
  readonly addPicture: (picture: Blob, to: ClassLabelId, source: SampleSource) => Promise<void>;
  readonly cancelIntake: () => void;
}

/** How far a download is. */
export interface DownloadStatus extends ByteProgress {
  readonly secondsLeft: number | null;
}

export type BaseAvailability =
  | {
      readonly status: 'ready';
      /** What removing it would free; `null` for one that comes with the app. */
      readonly storedBytes: number | null;
    }
  | {
      readonly status: 'not-stored';
      /** Of a download that was stopped and can go on. */
      readonly bytesKept: number;
    }
  | ({ readonly status: 'downloading' } & DownloadStatus)
  | { readonly status: 'failed'; readonly failure: Failure; readonly bytesKept: number };

export interface KnownBase {
  readonly base: BaseOffer;
  /** The same with what was found in its files; `null` while it is not ready. */
  readonly model: BaseModel | null;
  readonly availability: BaseAvailability;
}

export type BaseImport =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      /** File or address. */
      readonly name: string;
      /** `null` while files are read that are here already. */
      readonly progress: DownloadStatus | null;
    }
  | { readonly status: 'failed'; readonly name: string; readonly failure: Failure };

export interface BaseSlice {
  /** Those that come with the app, the catalogue, then what the user imported. */
  readonly bases: readonly KnownBase[];
  /** Addresses whose download was stopped, with the bytes that are kept. */
  readonly stoppedDownloads: readonly { readonly url: string; readonly bytesKept: number }[];
  readonly backendChoice: BackendChoice;
  /** Of the open project's base; `null` until it has been loaded. */
  readonly backendReport: BackendReport | null;
  readonly loadBases: () => Promise<void>;
  /** Loads the open project's base and settles its backend; failures become notices. */
  readonly prepareBase: () => Promise<void>;
  /** Downloads and, in an open project without runs, switches to it. */
  readonly downloadBase: (id: BaseId) => Promise<void>;
  readonly cancelDownload: (id: BaseId) => void;
  readonly baseImport: BaseImport;
  /** Files that belong together, as they were dropped or picked; `null` when it failed. */
  readonly importBase: (files: readonly File[]) => Promise<ImportedBase | null>;
  /** The same with folders opened. Takes hold of the drop before it returns to the event loop. */
  readonly importBaseDrop: (data: DataTransfer) => Promise<ImportedBase | null>;
  /** `null` when it failed or was cancelled. */
  readonly addBaseFromUrl: (url: string, isHeadless: boolean) => Promise<ImportedBase | null>;
  readonly cancelImport: () => void;
  readonly dismissImport: () => void;
  readonly removeBase: (id: BaseId) => Promise<void>;
  /** The files of a stored base, in a zip where there are several, to be added again anywhere; `null` where it failed. */
  readonly saveBaseFiles: (id: BaseId) => Promise<FileToSave | null>;
  /** `source`: a base's id, or the address of a stopped download. */
  readonly discardDownload: (source: string) => Promise<void>;
  readonly setBasePixelRange: (id: BaseId, pixelRange: PixelRange) => Promise<void>;
  /** Loads the base where it is not loaded yet. Rejects with what went wrong. */
  readonly describeBase: (id: BaseId) => Promise<BaseSummary>;
  readonly setBackendChoice: (choice: BackendChoice) => Promise<void>;
}

export interface PredictedFile {
  readonly fileName: string;
  readonly picture: Blob;
  readonly prediction: PhotoPrediction;
}

export type BatchStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number };

export interface PredictSlice {
  readonly batch: BatchStatus;
  /** Answers for dropped files, averaged as the project says, in their order, with the labels of the run that gave them. */
  readonly predictedFiles: readonly PredictedFile[];
  readonly predictedLabels: readonly RunLabel[];
  readonly predictFrame: (
    headId: HeadId,
    averaging: Averaging,
    frame: ImageBitmap,
  ) => Promise<Prediction>;
  readonly predictDrop: (headId: HeadId, data: DataTransfer) => Promise<void>;
  readonly predictFiles: (headId: HeadId, files: readonly File[]) => Promise<void>;
  readonly cancelPrediction: () => void;
  readonly clearPredictions: () => void;
  /** UTF-8 CSV of `predictedFiles`: file, class, probability, and a column for each class. */
  readonly predictionsCsv: () => Blob;
}

export type AppState = NoticesSlice &
  ProjectsSlice &
  ProjectSlice &
  IntakeSlice &
  BaseSlice &
  TrainSlice &
  TransferSlice &
  ViewsSlice &
  OwnBaseSlice &
  LiveSlice &
  ModelSlice &
  PredictSlice &
  AveragingSlice &
  ExportSlice;
