import { GraftError } from '../domain/errors.ts';
import type { Methods } from './protocol.ts';
import type { Reply, Request } from './wireMessages.ts';
import { fromWireError } from './wireError.ts';

export interface CallOptions<Progress> {
  /** Aborting asks the worker to stop; the call settles when the worker answers. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (value: Progress) => void;
  readonly transfer?: readonly Transferable[];
}

export type Client<M extends Methods<M>> = <K extends keyof M & string>(
  method: K,
  params: M[K]['params'],
  options?: CallOptions<M[K]['progress']>,
) => Promise<M[K]['result']>;

/** The part of `Worker` and `MessagePort` that a client needs. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
}

interface PendingCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: GraftError) => void;
  readonly onProgress: ((value: unknown) => void) | undefined;
}

/**
 * Calls the methods of `M` in the worker behind `endpoint`.
 * Rejects with the `GraftError` thrown there, or `worker-crashed` when the worker itself fails.
 */
export function createClient<M extends Methods<M>>(endpoint: Endpoint): Client<M> {
  const pending = new Map<number, PendingCall>();
  let nextId = 1;

  endpoint.addEventListener('message', (event) => {
    const reply = event.data as Reply;
    if (reply.kind === 'holding') return;
    const call = pending.get(reply.id);
    if (call === undefined) return;
    if (reply.kind === 'progress') {
      call.onProgress?.(reply.value);
      return;
    }
    pending.delete(reply.id);
    if (reply.kind === 'ok') call.resolve(reply.result);
    else call.reject(fromWireError(reply.error));
  });

  const failAll = (event: Event) => {
    const reason = 'message' in event ? String(event.message) : event.type;
    for (const call of pending.values()) call.reject(new GraftError('worker-crashed', reason));
    pending.clear();
  };
  endpoint.addEventListener('error', failAll);
  endpoint.addEventListener('messageerror', failAll);

  return (method, params, { signal, onProgress, transfer = [] } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(new GraftError('cancelled', 'Cancelled before the call'));
        return;
      }
      const id = nextId++;
      const send = (request: Request) => {
        endpoint.postMessage(request, request.kind === 'call' ? [...transfer] : []);
      };
      const cancel = () => {
        send({ kind: 'cancel', id });
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const settled = () => signal?.removeEventListener('abort', cancel);
      pending.set(id, {
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
        onProgress: onProgress,
      });
      send({ kind: 'call', id, method, params });
    });
}
