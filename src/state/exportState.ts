import type { ExportFormat, ExportProof } from '../domain/exportFormat.ts';
import type { HeadId, ProjectId } from '../domain/ids.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import type { Failure } from './failure.ts';

/** What is being done for a model's file, in this order. */
export type ExportStage = 'predicting' | 'writing' | 'checking';

export type SavingStatus =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly done: number;
      readonly total: number;
      /** Of a model; `null` for projects. */
      readonly stage: ExportStage | null;
    }
  | { readonly status: 'failed'; readonly failure: Failure };

export interface FileToSave {
  readonly fileName: string;
  readonly blob: Blob;
}

export interface ExportSlice {
  readonly saving: SavingStatus;
  /** Of the last model that was exported. */
  readonly proof: ExportProof | null;
  /** How many weights the run's model has; `null` where it cannot be read. */
  readonly countWeights: (headId: HeadId) => Promise<number | null>;
  /** Zip with the model's files, checked; `null` when it failed or was cancelled. */
  readonly exportModel: (run: CompletedRun, format: ExportFormat) => Promise<FileToSave | null>;
  /** The open project as one `.graft` file; `null` when it failed or was cancelled. */
  readonly saveProject: () => Promise<FileToSave | null>;
  /** Opens a `.graft` file as a new project; `null` when it failed or was cancelled. */
  readonly openArchive: (file: File) => Promise<ProjectId | null>;
  readonly cancelSaving: () => void;
}
