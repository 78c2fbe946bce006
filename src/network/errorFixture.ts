import { GraftError } from '../domain/errors.ts';

/** The refusal that `work` ends in. */
export function errorOf(work: () => unknown): GraftError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof GraftError) return thrown;
    throw thrown;
  }
  throw new Error('Nothing was thrown');
}
