import type { Augmentation } from './augmentation.ts';
import type { Averaging } from './averaging.ts';
import type { Cut } from './cut.ts';
import type { Framing } from './preprocessing.ts';
import type { HeadConfig } from './headConfig.ts';
import type { BaseId, ClassLabelId, ProjectId, SampleId, Sha256 } from './ids.ts';

export interface ClassLabel {
  readonly id: ClassLabelId;
  readonly name: string;
  /** Index into the palette of `ui/classColors`. */
  readonly colorIndex: number;
}

export interface Project {
  readonly id: ProjectId;
  readonly name: string;
  /** Milliseconds since the epoch, like every `…At`. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Set when deleted; the rows are purged a day later, until then the deletion can be undone. */
  readonly deletedAt: number | null;
  readonly baseId: BaseId;
  readonly cut: Cut;
  readonly framing: Framing;
  /** In display order, which a run copies as its output order. */
  readonly classLabels: readonly ClassLabel[];
  readonly headConfig: HeadConfig;
  /** Left out until it is first set. */
  readonly augmentation?: Augmentation;
  /** Likewise; none before. */
  readonly averaging?: Averaging;
}

/** `auto`: the seeded split decides; the others were set by the folder that the photo came from. */
export type SplitAssignment = 'auto' | 'train' | 'validation' | 'test';

export type SampleSource = 'file' | 'webcam' | 'paste' | 'teachable-machine' | 'prediction';

/** One labelled photo. The picture itself lives under its content hash, shared by equal photos. */
export interface Sample {
  readonly id: SampleId;
  readonly projectId: ProjectId;
  readonly classLabelId: ClassLabelId;
  readonly imageHash: Sha256;
  /** As it came, with folders where known; data, never a path to open. */
  readonly fileName: string;
  readonly source: SampleSource;
  /** Upright size in pixels, after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly addedAt: number;
  readonly deletedAt: number | null;
  readonly split: SplitAssignment;
}
