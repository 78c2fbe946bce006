import { GraftError } from '../domain/errors.ts';
import type { Layer, TensorRole } from './network.ts';

/** Sizes without the batch; `null` where the input's size is open. */
export type LayerShape = readonly (number | null)[];

/** Throws base-invalid with the layer named. */
export function misfit(layer: Layer, problem: string): never {
  const message = `The layer ${layer.name} ${problem}`;
  throw new GraftError('base-invalid', message, { layer: layer.name });
}

/** Refuses a tensor that is there but has not one value per channel. */
export function requireLength(layer: Layer, role: TensorRole, length: number | null): void {
  const shape = layer.tensors[role]?.shape;
  if (shape === undefined || length === null) return;
  if (shape.length !== 1 || shape[0] !== length) {
    misfit(layer, `has a ${role} of ${shape.join(' × ')} for ${String(length)} channels`);
  }
}
