import { GraftError } from '../../domain/errors.ts';
import { fieldsOf, oneOf, textOf, timeOf, wholeOf, type Found } from './checks.ts';

/**
 * A `.graft` file is a zip of these files. Everything in it but the photos is JSON and numbers:
 * `manifest.json`, `project.json`, `samples.json`, `runs.json`, for each completed run
 * `heads/<id>.json` and `heads/<id>.bin`, and for each photo `images/<SHA-256>.<extension>`; where the
 * project needs bases that were trained by Graft, `bases.json` and their files `bases/<graph hash>/<name>`.
 */
export const ARCHIVE_FORMAT = 'graft';
/** Raised when older versions of the app could no longer read the file. */
export const ARCHIVE_VERSION = 2;
export const ARCHIVE_TYPE = 'application/zip';

export interface ArchiveManifest {
  readonly format: typeof ARCHIVE_FORMAT;
  readonly version: number;
  readonly createdAt: number;
  readonly appVersion: string;
}

/** Errors: archive-invalid, archive-too-new. */
export function readManifest(found: Found): ArchiveManifest {
  const field = fieldsOf(found);
  const format = oneOf(field('format'), [ARCHIVE_FORMAT]);
  const version = wholeOf(field('version'), 1, Number.MAX_SAFE_INTEGER);
  // Nothing else is looked at before: a newer format may say it in another way.
  if (version > ARCHIVE_VERSION) {
    throw new GraftError('archive-too-new', `The archive has version ${version}`, { version });
  }
  const createdAt = timeOf(field('createdAt'));
  return { format, version, createdAt, appVersion: textOf(field('appVersion')) };
}
