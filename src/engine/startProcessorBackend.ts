import { toGraftError } from '../domain/errors.ts';
import { startBackend } from './backends.ts';

/**
 * Starts WASM, or plain JavaScript where WASM does not run, and says which.
 * For work too small for a GPU. `wasmUrl`: where WASM's file is, if not beside the app. Errors: backend-unavailable.
 */
export async function startProcessorBackend(wasmUrl?: string): Promise<'wasm' | 'cpu'> {
  try {
    await startBackend('wasm', wasmUrl);
    return 'wasm';
  } catch (thrown) {
    if (toGraftError(thrown).code !== 'backend-unavailable') throw thrown;
    await startBackend('cpu');
    return 'cpu';
  }
}
