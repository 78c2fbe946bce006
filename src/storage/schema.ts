import type { DBSchema } from 'idb';
import type { ActivationKey } from '../domain/activationKey.ts';
import type { BackendReport } from '../domain/backend.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Head } from '../domain/head.ts';
import type { BaseId, HeadId, ProjectId, RunId, SampleId, Sha256 } from '../domain/ids.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { TrainingRun } from '../domain/trainingRun.ts';

export const DATABASE_NAME = 'graft';
export const DATABASE_VERSION = 3;

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

export interface StoredFile {
  /** Without folders. */
  readonly name: string;
  /** A file of the browser's own; only what is asked for is read from it. */
  readonly blob: Blob;
}

export interface StoredBase {
  readonly id: BaseId;
  readonly base: BaseModel;
  /** As they came. */
  readonly files: readonly StoredFile[];
  readonly storedAt: number;
}

/** Key of a part: what is downloaded (a base's id or an address), the file's address, and `start`. */
export type DownloadPartKey = readonly [source: string, address: string, start: number];

/** Some of a file that is being downloaded, kept until all of it has come and was found to be right. */
export interface DownloadPart {
  readonly source: string;
  readonly address: string;
  /** Offset of its first byte in the file. */
  readonly start: number;
  readonly bytes: Blob;
  /** What the server said that tells one version of the file from another, if it said anything. */
  readonly validator: string | null;
  readonly isLast: boolean;
}

/** Backends tried for one base on this device, so that the next start need not measure again. */
export interface StoredBackendReport {
  readonly graphHash: Sha256;
  readonly report: BackendReport;
  readonly measuredAt: number;
}

/**
 * Each store has one writing side. Page: projects, samples, images, runs.
 * Base worker: thumbnails, activations, bases, downloads, backendReports. Head worker: heads, checkpoints.
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
  downloads: {
    key: [DownloadPartKey[0], DownloadPartKey[1], DownloadPartKey[2]];
    value: DownloadPart;
  };
  backendReports: { key: Sha256; value: StoredBackendReport };
  heads: { key: HeadId; value: Head };
  checkpoints: { key: RunId; value: Checkpoint };
}
