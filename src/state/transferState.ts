import type { Cut } from '../domain/cut.ts';
import type { BaseId } from '../domain/ids.ts';
import type { TransferReport } from '../domain/transferReport.ts';
import type { Failure } from './failure.ts';

export type TransferStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'computing' | 'checking'; readonly done: number; readonly total: number }
  | { readonly status: 'failed'; readonly failure: Failure };

/** What a check found, and on what. */
export interface TransferCheck {
  readonly baseId: BaseId;
  readonly baseName: string;
  readonly cut: Cut;
  /** The photos with their classes: checks with another one cannot be compared. */
  readonly photosKey: string;
  readonly report: TransferReport;
}

export interface TransferSlice {
  readonly transfer: TransferStatus;
  /** Of the open project, one for each base and cut, newest first; kept until the page is left. */
  readonly transferChecks: readonly TransferCheck[];
  /** Measures whether the project's base helps, computing what is missing first. */
  readonly checkTransfer: () => Promise<void>;
  readonly cancelTransfer: () => void;
}
