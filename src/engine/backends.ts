import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { BackendName } from '../domain/backend.ts';
import { GraftError } from '../domain/errors.ts';

export interface Adapter {
  /** As the browser names it. */
  readonly name: string;
  /** Drawn by the processor: correct, and slower than WASM. */
  readonly isSoftware: boolean;
}

const SOFTWARE_NAMES = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** What TF.js itself calls the active backend may be one that failed to start. */
let active: BackendName | null = null;

/**
 * Makes `backend` the active one of this worker. `wasmUrl`: where the file of WASM with SIMD is, if not
 * beside the app. Errors: backend-unavailable.
 * A failure leaves no backend active; the next start sets one.
 */
export async function startBackend(backend: BackendName, wasmUrl?: string): Promise<void> {
  if (active === backend) return;
  active = null;
  try {
    await registerBackend(backend, wasmUrl);
    // Answers with `false`, or stays on another backend, without throwing.
    const isStarted = await tf.setBackend(backend);
    if (!isStarted || tf.getBackend() !== backend) throw new Error('it did not start');
  } catch (thrown) {
    throw unavailable(backend, thrown instanceof Error ? thrown.message : String(thrown));
  }
  active = backend;
}

function unavailable(backend: BackendName, reason: string): GraftError {
  const message = `The backend ${backend} is not available here: ${reason}`;
  return new GraftError('backend-unavailable', message, { backend });
}

/** The large GPU backends are loaded only where they are tried. */
async function registerBackend(backend: BackendName, wasmUrl?: string): Promise<void> {
  switch (backend) {
    case 'wasm':
      configureWasm(wasmUrl);
      return;
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return;
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      return;
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      return;
  }
}

function configureWasm(wasmUrl?: string): void {
  // The threaded build does not survive minification, and one thread per worker is as fast here.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': wasmUrl ?? plainWasm,
    'tfjs-backend-wasm-simd.wasm': wasmUrl ?? simdWasm,
    // TF.js insists on a path for each of its three builds.
    'tfjs-backend-wasm-threaded-simd.wasm': wasmUrl ?? simdWasm,
  });
}

/** What a GPU backend would run on; `null` where there is nothing. Starts no backend. */
export async function findAdapter(backend: 'webgpu' | 'webgl'): Promise<Adapter | null> {
  return backend === 'webgpu' ? findWebgpuAdapter() : findWebglAdapter();
}

async function findWebgpuAdapter(): Promise<Adapter | null> {
  if (!('gpu' in navigator)) return null;
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return null;
  const { vendor, architecture, description } = adapter.info;
  const name = [vendor, architecture, description].filter((part) => part !== '').join(' ');
  const isFallback = adapter.info.isFallbackAdapter;
  return { name, isSoftware: isFallback || SOFTWARE_NAMES.test(name) };
}

function findWebglAdapter(): Adapter | null {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (context === null) return null;
  const extension = context.getExtension('WEBGL_debug_renderer_info');
  const parameter = extension?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER;
  const name = String(context.getParameter(parameter));
  // Browsers allow only a few contexts at a time.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return { name, isSoftware: SOFTWARE_NAMES.test(name) };
}
