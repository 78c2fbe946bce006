/** Why a file did not become a photo. */
export type PhotoProblem =
  | 'not-an-image'
  | 'unsupported-kind'
  | 'damaged'
  | 'too-large'
  | 'empty'
  | 'no-class'
  | 'unreadable';

/** Why a zip, or a file in one, gave no photo; found before anything is decoded. */
export type ZipProblem = 'zip-damaged' | 'zip-encrypted' | 'zip-in-zip' | 'model-not-photos';

export type FileProblem = PhotoProblem | ZipProblem;

/** One row in the list of files that were left out. */
export interface ProblemFile {
  /** Name with folders as it came; data. */
  readonly fileName: string;
  readonly problem: FileProblem;
  /** Recognised kind (`tiff`, `heic`) or size (`20000 × 20000`), where that helps. */
  readonly detail: string | null;
}
