import type { ErrorDetails, GraftErrorCode } from '../domain/errors.ts';

export interface WireError {
  readonly code: GraftErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Page to worker. */
export type Request =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly kind: 'cancel'; readonly id: number }
  /** Asks a worker to hold a Web Lock for as long as it lives. */
  | { readonly kind: 'hold'; readonly name: string };

/** Worker to page. */
export type Reply =
  | { readonly kind: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'ok'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'fail'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'holding' };
