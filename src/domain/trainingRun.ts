import type { Augmentation } from './augmentation.ts';
import type { MeasuredAveraging } from './averaging.ts';
import type { BackendName } from './backend.ts';
import type { Cut } from './cut.ts';
import type { GraftErrorCode } from './errors.ts';
import type { Evaluation } from './evaluation.ts';
import type { HeadConfig, Scaling } from './headConfig.ts';
import type { BaseId, ClassLabelId, HeadId, ProjectId, RunId, SampleId, Sha256 } from './ids.ts';
import type { PreprocessingSpec } from './preprocessing.ts';

export type SplitPart = 'train' | 'validation' | 'test';

/** A photo as the run saw it, so that later edits change nothing about the run. */
export interface RunSample {
  readonly sampleId: SampleId;
  readonly imageHash: Sha256;
  /** Index into the run's labels. */
  readonly classIndex: number;
  readonly part: SplitPart;
}

export interface RunLabel {
  readonly id: ClassLabelId;
  readonly name: string;
  readonly colorIndex: number;
}

/** What turns a photo into probabilities, and where each part comes from. */
export interface ClassifierSpec {
  readonly baseId: BaseId;
  readonly graphHash: Sha256;
  readonly cut: Cut;
  readonly preprocessing: PreprocessingSpec;
  /** Output order. */
  readonly labels: readonly RunLabel[];
}

/** Of one epoch, or of one iteration of a solver that sees every photo at each. */
export interface EpochMetrics {
  /** Counts from 1. */
  readonly epoch: number;
  /** Mean cross-entropy in nats, without the L2 penalty. */
  readonly loss: number;
  readonly accuracy: number;
  /** `null` where no photo is held out for validation. */
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  readonly durationMs: number;
}

/** What a fit tells on its way: fits of the search for settings first, then its epochs. */
export type FitProgress =
  | { readonly kind: 'search'; readonly done: number; readonly total: number }
  | { readonly kind: 'epoch'; readonly metrics: EpochMetrics };

/** What the exact solver fitted with, found by cross-validation unless the configuration said. */
export interface ExactChoice {
  readonly scaling: Scaling;
  readonly l2: number;
}

export interface RunEvaluations {
  readonly validation: Evaluation | null;
  readonly test: Evaluation | null;
}

/** Where the base is cut for the activations that a run is fitted on. */
export function activationCut({
  config,
  classifier,
}: Pick<TrainingRun, 'config' | 'classifier'>): Cut {
  return (config.solver === 'deeper' ? config.start : null) ?? classifier.cut;
}

/** What a run goes on from. */
export interface RunOrigin {
  readonly runId: RunId;
  readonly headId: HeadId;
  /**
   * `state`: the same photos and settings to more epochs, as if they had been asked for at first;
   * `weights`: each class begins with what the head has learnt about it.
   */
  readonly kept: 'state' | 'weights';
}

interface RunFacts {
  readonly id: RunId;
  readonly projectId: ProjectId;
  readonly startedAt: number;
  readonly appVersion: string;
  readonly config: HeadConfig;
  /** Left out where it was trained on the photos as they are. */
  readonly augmentation?: Augmentation;
  readonly classifier: ClassifierSpec;
  readonly samples: readonly RunSample[];
  readonly epochs: readonly EpochMetrics[];
  /** Absent where it began from the very start. */
  readonly origin?: RunOrigin;
}

export type TrainingRun = RunFacts &
  (
    | { readonly status: 'running' }
    /** Can go on; `epochs` are empty where its tab or worker was killed. */
    | { readonly status: 'paused' }
    | {
        readonly status: 'completed';
        /** Stopped by the user before the last epoch; the head is that of the epochs done. */
        readonly isStoppedEarly: boolean;
        /** Absent for solvers that choose nothing. */
        readonly chosen?: ExactChoice;
        readonly headId: HeadId;
        readonly finishedAt: number;
        /** Head training alone, without computing activations. */
        readonly durationMs: number;
        readonly backend: BackendName;
        readonly evaluations: RunEvaluations;
        /** What averaging over views was found to bring, one for each kind; absent until measured. */
        readonly averagings?: readonly MeasuredAveraging[];
      }
    | { readonly status: 'cancelled'; readonly finishedAt: number }
    | { readonly status: 'failed'; readonly finishedAt: number; readonly code: GraftErrorCode }
  );

export type CompletedRun = Extract<TrainingRun, { status: 'completed' }>;

/** Whether it is a model that was opened from its files, of whose photos nothing is known. */
export function isOpenedModel(run: TrainingRun): boolean {
  return run.status === 'completed' && run.samples.length + run.epochs.length === 0;
}
