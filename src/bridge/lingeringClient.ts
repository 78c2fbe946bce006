import { GraftError } from '../domain/errors.ts';
import { createClient, type Client } from './client.ts';
import type { Methods } from './protocol.ts';

/**
 * A client that starts a worker for each call and ends it after the call, with all that it has loaded.
 * A cancelled call ends at once.
 */
export function createShortLivedClient<M extends Methods<M>>(start: () => Worker): Client<M> {
  return async (method, params, options = {}) => {
    const worker = start();
    try {
      const answer = createClient<M>(worker)(method, params, options);
      return await Promise.race([answer, ...(options.signal ? [aborted(options.signal)] : [])]);
    } finally {
      worker.terminate();
    }
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const cancel = () => {
      reject(new GraftError('cancelled', 'Cancelled'));
    };
    signal.addEventListener('abort', cancel, { once: true });
  });
}
