import type { Cut } from '../domain/cut.ts';
import type { BaseId } from '../domain/ids.ts';
import type { LearningCurve } from '../domain/learningCurve.ts';
import type { MeasuredAccuracy, TransferReport } from '../domain/transferReport.ts';
import type { Failure } from './failure.ts';

export interface RunningTransfer {
  readonly status: 'computing' | 'checking' | 'sweeping';
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

export type TransferStatus =
  | { readonly status: 'idle' }
  | RunningTransfer
  | { readonly status: 'failed'; readonly failure: Failure };

/** What was measured. */
export interface TransferSubject {
  readonly baseId: BaseId;
  readonly cut: Cut;
  /** The photos with their classes: what is measured on others cannot be compared. */
  readonly photosKey: string;
}

/** What a check found, and on what. */
export interface TransferCheck extends TransferSubject {
  readonly baseName: string;
  /** It runs as one graph, of which nothing is known but its nodes. */
  readonly isOpaque: boolean;
  /** Of the layers where it is cut. */
  readonly layerNames: readonly string[];
  readonly report: TransferReport;
}

export interface MeasuredCurve extends TransferSubject {
  readonly curve: LearningCurve;
}

/** A base at one of its cuts. */
export interface SweptCut extends MeasuredAccuracy {
  readonly cut: Cut;
  readonly layerNames: readonly string[];
}

/** Of a base whatever its cut. */
export interface MeasuredSweep extends Pick<TransferSubject, 'baseId' | 'photosKey'> {
  /** From the first layers to the last. */
  readonly points: readonly SweptCut[];
}

/** One measurement at a time; each computes what is missing first, and ends when another project is opened. */
export interface TransferSlice {
  readonly transfer: TransferStatus;
  /** Of the open project, one for each base and cut, newest first; kept until the page is left. */
  readonly transferChecks: readonly TransferCheck[];
  readonly learningCurves: readonly MeasuredCurve[];
  /** One for each base. */
  readonly cutSweeps: readonly MeasuredSweep[];
  /** Measures whether the project's base helps. */
  readonly checkTransfer: () => Promise<void>;
  /** Measures how its accuracy grows with photos. */
  readonly measureCurve: () => Promise<void>;
  /** Measures its accuracy cut by cut. */
  readonly sweepCuts: () => Promise<void>;
  readonly cancelTransfer: () => void;
}
