import * as tf from '@tensorflow/tfjs-core';
import type { KeptTensor } from '../../domain/checkpoint.ts';
import type { LayerVariables } from './layers.ts';

export async function keepTensor(variable: tf.Variable): Promise<KeptTensor> {
  // A copy: plain JavaScript hands out the variable's own memory.
  const values = (await variable.data<'float32'>()).slice();
  return { shape: [...variable.shape], values };
}

/** Caller disposes. */
export function toTensor({ shape, values }: KeptTensor): tf.Tensor {
  return tf.tensor(values, [...shape], 'float32');
}

/** In an order of their own, which `restoreLayers` takes them in. */
export function readLayers(layers: readonly LayerVariables[]): Promise<readonly KeptTensor[]> {
  return Promise.all(layers.flatMap(variablesOf).map(keepTensor));
}

/** For layers that were made by the same configuration. */
export function restoreLayers(
  layers: readonly LayerVariables[],
  kept: readonly KeptTensor[],
): void {
  for (const [i, variable] of layers.flatMap(variablesOf).entries()) {
    const values = kept[i];
    if (values === undefined) throw new RangeError('The checkpoint is of other layers');
    tf.tidy(() => variable.assign(toTensor(values)));
  }
}

function variablesOf({ kernel, bias, batchNorm }: LayerVariables): tf.Variable[] {
  if (batchNorm === null) return [kernel, bias];
  const { gamma, beta, mean, variance } = batchNorm;
  return [kernel, bias, gamma, beta, mean, variance];
}
