import type { SampleSource, SplitAssignment } from '../domain/project.ts';
import type { ProblemFile } from '../domain/photoProblem.ts';

/** A file that came in, from a folder, a picker or inside a zip. Nothing is read until `read` is called. */
export interface IntakeEntry {
  /** With forward slashes and folders as they came; data, never a path to open. */
  readonly path: string;
  /** Rejects where the file cannot be read any more, or the zip holds other bytes than it says. */
  readonly read: () => Promise<Blob>;
}

/** What is left of the files that came in once their zips are opened. */
export type ExpandedEntry =
  | { readonly kind: 'entry'; readonly entry: IntakeEntry }
  | { readonly kind: 'problem'; readonly problem: ProblemFile };

/** An entry with its place in the project made out from its folders. */
export interface PlacedEntry {
  readonly entry: IntakeEntry;
  /** Name of the class folder, fit to be shown; `null` where no folder says one, or the class is given. */
  readonly className: string | null;
  readonly split: SplitAssignment;
  readonly source: SampleSource;
}

/** What a drop or a picker turns into. */
export type IntakeItem =
  | { readonly kind: 'photo'; readonly placed: PlacedEntry }
  | { readonly kind: 'problem'; readonly problem: ProblemFile };
