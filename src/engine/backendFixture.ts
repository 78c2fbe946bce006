import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { join } from 'node:path';

/** The backends that run without a browser. */
export const TEST_BACKENDS = ['cpu', 'wasm'] as const;

/** Makes the backend the active one, as the app does: WASM on one thread. */
export async function useTestBackend(backend: (typeof TEST_BACKENDS)[number]): Promise<void> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(join('node_modules/@tensorflow/tfjs-backend-wasm/dist', '/'));
  await tf.setBackend(backend);
  if (tf.getBackend() !== backend) throw new Error(`The backend ${backend} did not start`);
}
