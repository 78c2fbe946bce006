import type { SampleSource, SplitAssignment } from '../domain/project.ts';
import type { PhotoProblem } from '../domain/photoProblem.ts';

/** A file that came in, from a folder, a picker or inside a zip. Nothing is read until `read` is called. */
export interface IntakeEntry {
  /** With forward slashes and folders as they came; data, never a path to open. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly read: () => Promise<Blob>;
}

/** An entry with its place in the project made out from its folders. */
export interface PlacedEntry {
  readonly entry: IntakeEntry;
  /** Name of the class folder; `null` where no folder says one. */
  readonly className: string | null;
  readonly split: SplitAssignment;
  readonly source: SampleSource;
}

/** What a drop or a picker turns into, in the order in which the entries came. */
export type IntakeItem =
  | { readonly kind: 'photo'; readonly placed: PlacedEntry }
  | { readonly kind: 'problem'; readonly fileName: string; readonly problem: PhotoProblem };
