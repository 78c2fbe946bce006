import { createClient, type Client } from './client.ts';
import type { Methods } from './protocol.ts';
import type { Reply, Request } from './wireMessages.ts';

/**
 * A client of the worker that `start` gives, and of another in its place should it die: a worker that
 * ran out of memory or closed itself tells nobody, yet loses the Web Lock that it holds. Calls that it
 * leaves behind reject with `worker-crashed`.
 */
export function createWorkerClient<M extends Methods<M>>(start: () => Worker): Client<M> {
  const connect = (): Client<M> => {
    const worker = start();
    const client = createClient<M>(worker);
    onDeath(worker, () => {
      worker.dispatchEvent(new Event('error'));
      current = connect();
    });
    return client;
  };
  let current = connect();
  return (method, params, options) => current(method, params, options);
}

/** Calls `tell` when the worker is gone, however it ended; a worker whose methods are served. */
export function onDeath(worker: Worker, tell: () => void): void {
  if (!('locks' in navigator)) return;
  const name = `graft-worker-${crypto.randomUUID()}`;
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    if (data.kind === 'holding') void navigator.locks.request(name, tell);
  });
  const request: Request = { kind: 'hold', name };
  worker.postMessage(request);
}
