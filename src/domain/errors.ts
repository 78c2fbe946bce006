/** Everything that can stop a call. Thrown where it is found out, shown by `ui/messages` in words. */
export const GRAFT_ERROR_CODES = [
  'archive-invalid',
  'archive-too-new',
  'architecture-missing',
  'backend-unavailable',
  'base-hash-mismatch',
  'base-invalid',
  'base-not-stored',
  'base-unreachable',
  'cancelled',
  'camera-denied',
  'camera-not-found',
  'class-without-photos',
  'cut-not-trainable',
  'data-differs',
  'data-unreadable',
  'export-differs',
  'export-unreadable',
  'head-without-base',
  'host-not-allowed',
  'internal',
  'labels-mismatch',
  'labels-missing',
  'loss-not-finite',
  'no-classifier',
  'no-photos-left',
  'not-found',
  'out-of-memory',
  'quota-exceeded',
  'self-test-failed',
  'too-few-classes',
  'training-too-large',
  'unsupported-layer',
  'worker-crashed',
] as const;

export type GraftErrorCode = (typeof GRAFT_ERROR_CODES)[number];

/** Values for the sentence that is shown: names of files, layers, classes; numbers. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

export class GraftError extends Error {
  readonly code: GraftErrorCode;
  readonly details: ErrorDetails;

  constructor(code: GraftErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'GraftError';
    this.code = code;
    this.details = details;
  }
}

/** Any thrown value as a `GraftError`; recognises the browser's own quota and abort errors by name. */
export function toGraftError(thrown: unknown): GraftError {
  if (thrown instanceof GraftError) return thrown;
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (name === 'QuotaExceededError') return new GraftError('quota-exceeded', message);
  if (name === 'AbortError') return new GraftError('cancelled', message);
  return new GraftError('internal', message);
}

/** Throws `cancelled` once the signal is aborted. Call between batches. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new GraftError('cancelled', 'Cancelled');
}
