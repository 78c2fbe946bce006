import { GraftError } from '../domain/errors.ts';

/** Rejects when the signal is aborted: for what would otherwise be waited for to its end. Errors: cancelled. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const cancel = () => {
      reject(new GraftError('cancelled', 'Cancelled'));
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}
