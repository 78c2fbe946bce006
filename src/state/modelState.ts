import type { ProjectId } from '../domain/ids.ts';
import type { Failure } from './failure.ts';

export type ModelOpening =
  | { readonly status: 'idle' | 'reading' }
  | { readonly status: 'failed'; readonly failure: Failure };

export interface ModelSlice {
  readonly modelOpening: ModelOpening;
  /**
   * Opens a `.graft` file, or makes a project of the files of an exported model: its classes, its base and
   * a first run without photos, which predicts at once and can be trained on. `null` when it failed.
   */
  readonly openFiles: (files: readonly File[]) => Promise<ProjectId | null>;
  /** The same with folders opened. Takes hold of the drop before it returns to the event loop. */
  readonly openDrop: (data: DataTransfer) => Promise<ProjectId | null>;
}
