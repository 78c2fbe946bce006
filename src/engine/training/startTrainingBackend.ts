import * as tf from '@tensorflow/tfjs-core';
import type { GpuBackend } from '../../domain/backend.ts';
import { GraftError } from '../../domain/errors.ts';
import { startBackend } from '../backends.ts';

/**
 * Makes a GPU the active backend of this worker. Gives `lost`, which rejects once it is gone: what TF.js
 * answers from then on may be anything, or nothing.
 * Errors, also of `lost`: backend-unavailable, as for a GPU that keeps numbers in 16 bits.
 */
export async function startTrainingBackend(
  backend: GpuBackend,
): Promise<{ readonly lost: Promise<never> }> {
  await startBackend(backend);
  if (backend === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    throw unavailable(backend, 'it keeps numbers in 16 bits');
  }
  const lost = untilLost(backend).then((): never => {
    throw unavailable(backend, 'it was lost');
  });
  // Nobody may be waiting for it yet.
  lost.catch(() => undefined);
  return { lost };
}

/** What there is to watch of TF.js's backends. */
interface Watched {
  readonly device: { readonly lost: Promise<unknown> };
  readonly gpgpu: { readonly gl: { readonly canvas: EventTarget } };
}

async function untilLost(backend: GpuBackend): Promise<void> {
  const { device, gpgpu } = tf.backend() as unknown as Watched;
  if (backend === 'webgpu') {
    await device.lost;
    return;
  }
  await new Promise((resolve) => {
    gpgpu.gl.canvas.addEventListener('webglcontextlost', resolve, { once: true });
  });
}

function unavailable(backend: GpuBackend, reason: string): GraftError {
  return new GraftError('backend-unavailable', `The backend ${backend} cannot train: ${reason}`, {
    backend,
  });
}
