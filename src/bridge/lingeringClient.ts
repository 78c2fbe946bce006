import { aborted } from './aborted.ts';
import { createClient, type Client } from './client.ts';
import type { Methods } from './protocol.ts';

interface Session<M extends Methods<M>> {
  readonly worker: Worker;
  readonly client: Client<M>;
  readonly ended: AbortController;
  numCalls: number;
  idle?: ReturnType<typeof setTimeout>;
}

/**
 * A client that starts a worker for a call and ends it, with all that it has loaded, when none was under
 * way for `idleMs`. A call that fails or is cancelled ends it at once, and cancels those beside it: a
 * worker cannot be stopped otherwise, and one that failed may be out of memory.
 */
export function createLingeringClient<M extends Methods<M>>(
  start: () => Worker,
  idleMs: number,
): Client<M> {
  let current: Session<M> | null = null;
  return async (method, params, options = {}) => {
    const session = (current ??= startSession<M>(start()));
    const end = () => {
      if (current === session) current = null;
      session.worker.terminate();
      session.ended.abort();
    };
    clearTimeout(session.idle);
    session.numCalls++;
    const signals = [session.ended.signal, ...(options.signal ? [options.signal] : [])];
    try {
      const answer = session.client(method, params, options);
      return await Promise.race([answer, ...signals.map(aborted)]);
    } catch (thrown) {
      end();
      throw thrown;
    } finally {
      session.numCalls--;
      if (session.numCalls === 0) session.idle = setTimeout(end, idleMs);
    }
  };
}

function startSession<M extends Methods<M>>(worker: Worker): Session<M> {
  return { worker, client: createClient<M>(worker), ended: new AbortController(), numCalls: 0 };
}
