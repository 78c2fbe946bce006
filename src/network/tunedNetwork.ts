import { GraftError } from '../domain/errors.ts';
import type { TunedTensor } from '../domain/head.ts';
import type { TensorRole } from '../domain/tensorRole.ts';
import type { Layer, Network } from './network.ts';

/**
 * The network with these tensors in place of its own; its other layers are the same objects.
 * Errors: base-invalid {layer} where the layer has no tensor of that role and shape.
 */
export function withTuned(network: Network, tuned: readonly TunedTensor[] = []): Network {
  const layers = [...network.layers];
  for (const { position, role, shape, values } of tuned) {
    const layer = layers[position];
    const own = layer?.tensors[role]?.shape ?? [];
    if (layer === undefined || own.length === 0 || own.join() !== shape.join()) {
      const name = layer?.name ?? String(position);
      throw new GraftError('base-invalid', `Tuned weights do not fit ${name}`, { layer: name });
    }
    layers[position] = { ...layer, tensors: { ...layer.tensors, [role]: { shape, values } } };
  }
  return { layers };
}

/** The tensors of `base` that are others in `tuned`, which has its layers at the same positions. */
export function tunedTensors(base: Network, tuned: Network): TunedTensor[] {
  return base.layers.flatMap(({ tensors }, position) =>
    changedRoles(tensors, tuned.layers[position]?.tensors ?? tensors).map(([role, tensor]) => ({
      position,
      role,
      shape: tensor.shape,
      values: tensor.values,
    })),
  );
}

type Tensors = Layer['tensors'];

function changedRoles(before: Tensors, after: Tensors) {
  const entries = Object.entries(after) as [TensorRole, NonNullable<Tensors[TensorRole]>][];
  return entries.filter(([role, tensor]) => tensor !== before[role]);
}
