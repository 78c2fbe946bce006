import type { DBSchema } from 'idb';
import type { ActivationKey } from '../domain/activationKey.ts';
import type { BackendReport } from '../domain/backend.ts';
import type { Head } from '../domain/head.ts';
import type { BaseId, HeadId, ProjectId, RunId, SampleId, Sha256 } from '../domain/ids.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { TrainingRun } from '../domain/trainingRun.ts';

export const DATABASE_NAME = 'graft';
export const DATABASE_VERSION = 2;

export interface StoredImage {
  readonly hash: Sha256;
  /** A small picture lies in the record, a larger one in a file of its own; see `storage/images`. */
  readonly content: ArrayBuffer | Blob;
  /** MIME type, as the picture came. */
  readonly type: string;
}

/** JPEG of at most 256 pixels on the short side, upright, on white; framing is left to the page. */
export interface Thumbnail {
  readonly hash: Sha256;
  readonly bytes: ArrayBuffer;
  /** Size of the photo itself, upright. */
  readonly width: number;
  readonly height: number;
}

export interface StoredBase {
  readonly id: BaseId;
  readonly graphHash: Sha256;
  /** `model.json` as it came. */
  readonly modelJson: string;
  /** The shards of the manifest, end to end. */
  readonly weights: ArrayBuffer;
  readonly storedAt: number;
}

/** Backends tried for one base on this device, so that the next start need not measure again. */
export interface StoredBackendReport {
  readonly graphHash: Sha256;
  readonly report: BackendReport;
  readonly measuredAt: number;
}

/**
 * Each store has one writing side. Page: projects, samples, images, runs.
 * Base worker: thumbnails, activations, bases, backendReports. Head worker: heads.
 */
export interface GraftSchema extends DBSchema {
  projects: { key: ProjectId; value: Project };
  samples: {
    key: SampleId;
    value: Sample;
    indexes: { 'by-project': ProjectId; 'by-image': Sha256 };
  };
  images: { key: Sha256; value: StoredImage };
  runs: { key: RunId; value: TrainingRun; indexes: { 'by-project': ProjectId } };
  thumbnails: { key: Sha256; value: Thumbnail };
  /** float16 bits, [activationSize]; a cache, rebuilt on demand. */
  activations: { key: [ActivationKey[0], ActivationKey[1]]; value: Uint16Array<ArrayBuffer> };
  bases: { key: BaseId; value: StoredBase };
  backendReports: { key: Sha256; value: StoredBackendReport };
  heads: { key: HeadId; value: Head };
}
