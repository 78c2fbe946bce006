import type { ErrorDetails, GraftErrorCode } from '../domain/errors.ts';

/** A failure as the page shows it; `ui/messages` has the sentence. */
export interface Failure {
  readonly code: GraftErrorCode;
  readonly details: ErrorDetails;
  /** What exactly was found, in English; for those who made the file. */
  readonly message?: string;
}
