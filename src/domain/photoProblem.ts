/** Why a picture did not become a photo. */
export type PhotoProblem =
  | 'not-an-image'
  | 'unsupported-kind'
  | 'damaged'
  | 'too-large'
  | 'empty'
  | 'no-class'
  | 'unreadable';

/** Why a file became no photo; those of zips are found before anything is decoded. */
export type FileProblem =
  PhotoProblem | 'zip-damaged' | 'zip-encrypted' | 'zip-in-zip' | 'model-not-photos';

/** One row in the list of files that were left out. */
export interface ProblemFile {
  /** Name with folders as it came; data. */
  readonly fileName: string;
  readonly problem: FileProblem;
  /** Recognised kind (`tiff`, `heic`) or size (`20000 × 20000`), where that helps. */
  readonly detail: string | null;
}
