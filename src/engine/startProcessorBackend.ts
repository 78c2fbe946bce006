import { toGraftError } from '../domain/errors.ts';
import { startBackend } from './backends.ts';

/**
 * Starts WASM, or plain JavaScript where WASM does not run, and says which.
 * For work too small for a GPU. Errors: backend-unavailable.
 */
export async function startProcessorBackend(): Promise<'wasm' | 'cpu'> {
  try {
    await startBackend('wasm');
    return 'wasm';
  } catch (thrown) {
    if (toGraftError(thrown).code !== 'backend-unavailable') throw thrown;
    await startBackend('cpu');
    return 'cpu';
  }
}
