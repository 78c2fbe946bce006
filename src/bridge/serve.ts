import { GraftError } from '../domain/errors.ts';
import type { Methods } from './protocol.ts';
import type { Reply, Request } from './wireMessages.ts';
import { toWireError } from './wireError.ts';

export interface HandlerContext<Progress> {
  /** Aborted when the caller cancels. Check it between batches. */
  readonly signal: AbortSignal;
  readonly report: (value: Progress) => void;
}

/** A result whose buffers change hands instead of being copied. */
export class Transferred<Result> {
  readonly result: Result;
  readonly transfer: readonly Transferable[];

  constructor(result: Result, transfer: readonly Transferable[]) {
    this.result = result;
    this.transfer = transfer;
  }
}

/** One handler per method; a missing one does not compile. */
export type Handlers<M extends Methods<M>> = {
  readonly [K in keyof M]: (
    params: M[K]['params'],
    context: HandlerContext<M[K]['progress']>,
  ) => Promise<M[K]['result'] | Transferred<M[K]['result']>>;
};

/** The part of a worker's global scope and of `MessagePort` that serving needs. */
export interface ServerEndpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** Answers calls that arrive at `endpoint`; calls run side by side, each with its own signal. */
export function serve<M extends Methods<M>>(endpoint: ServerEndpoint, handlers: Handlers<M>): void {
  const controllers = new Map<number, AbortController>();
  const send = (reply: Reply, transfer: readonly Transferable[] = []) => {
    endpoint.postMessage(reply, [...transfer]);
  };

  const answer = async (id: number, method: string, params: unknown): Promise<void> => {
    const controller = new AbortController();
    controllers.set(id, controller);
    try {
      if (!Object.hasOwn(handlers, method)) throw new GraftError('internal', `No method ${method}`);
      const value: unknown = await handlers[method as keyof M](params, {
        signal: controller.signal,
        report: (progress) => {
          send({ kind: 'progress', id, value: progress });
        },
      });
      if (value instanceof Transferred)
        send({ kind: 'ok', id, result: value.result }, value.transfer);
      else send({ kind: 'ok', id, result: value });
    } catch (thrown) {
      send({ kind: 'fail', id, error: toWireError(thrown) });
    } finally {
      controllers.delete(id);
    }
  };

  const holdLock = (name: string) => {
    void navigator.locks.request(name, () => {
      send({ kind: 'holding' });
      return new Promise(() => undefined);
    });
  };

  endpoint.addEventListener('message', (event) => {
    const request = event.data as Request;
    if (request.kind === 'cancel') controllers.get(request.id)?.abort();
    else if (request.kind === 'hold') holdLock(request.name);
    else void answer(request.id, request.method, request.params);
  });
}
