import type { ExportFormat, ExportProof } from '../domain/exportFormat.ts';
import type { ModelSizes } from '../domain/fileSize.ts';
import type { HeadId, ProjectId } from '../domain/ids.ts';
import type { QuantisedReport } from '../domain/quantisedReport.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import type { Failure } from './failure.ts';

/** What is being done for a model's file, in about this order. */
export type ExportStage =
  | 'predicting'
  | 'calibrating'
  | 'embedding'
  | 'drawing'
  | 'writing'
  | 'checking'
  | 'comparing'
  | 'measuring';

export type SavingStatus =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly done: number;
      readonly total: number;
      /** Of a model; `null` for projects. */
      readonly stage: ExportStage | null;
      /** `null` while it cannot be told. */
      readonly secondsLeft: number | null;
    }
  | { readonly status: 'failed'; readonly failure: Failure };

export interface FileToSave {
  readonly fileName: string;
  readonly blob: Blob;
}

export interface JobToSave extends FileToSave {
  /** Photos of the run that are no longer here. */
  readonly numLeftOut: number;
}

/** A model of 8 bits that is ready to be saved, once it was seen what it loses. */
export interface QuantisedModel {
  readonly report: QuantisedReport;
  readonly file: FileToSave;
}

export interface ExportSlice {
  readonly saving: SavingStatus;
  /** Of the last model that was exported. */
  readonly proof: ExportProof | null;
  /** What the sizes of the model's files depend on; `null` where it cannot be read. */
  readonly describeModel: (headId: HeadId) => Promise<ModelSizes | null>;
  /** The files in this format, checked, as one; `null` when it failed or was cancelled. */
  readonly exportModel: (run: CompletedRun, format: ExportFormat) => Promise<FileToSave | null>;
  /** The last model that was made of 8 bits. */
  readonly quantised: QuantisedModel | null;
  /** Makes one, and measures what it loses; puts both into `quantised`. */
  readonly exportQuantised: (run: CompletedRun) => Promise<void>;
  /** Zip with all that trains the run's model elsewhere; `null` when it failed or was cancelled. */
  readonly saveTrainingJob: (run: CompletedRun) => Promise<JobToSave | null>;
  /** The open project as one `.graft` file; `null` when it failed or was cancelled. */
  readonly saveProject: () => Promise<FileToSave | null>;
  /** Opens a `.graft` file as a new project; `null` when it failed or was cancelled. */
  readonly openArchive: (file: File) => Promise<ProjectId | null>;
  readonly cancelSaving: () => void;
}
