import { inferShapes } from '../network/inferShapes.ts';
import type { LayerShape } from '../network/layerShape.ts';
import type { Layer, LayerKind, Network } from '../network/network.ts';

/** What stands for `layer`, whose output is of `shape`, from `position` on; its own output last. */
export type ReplaceLayer = (layer: Layer, shape: LayerShape, position: number) => readonly Layer[];

/** The network with each layer replaced by one or several, for formats that have no word for some. */
export function replaceLayers(network: Network, replace: ReplaceLayer): Network {
  const shapes = inferShapes(network);
  const layers: Layer[] = [];
  const newPositions: number[] = [];
  for (const [position, layer] of network.layers.entries()) {
    const inputs = layer.inputs.map((input) => newPositions[input] ?? 0);
    layers.push(...replace({ ...layer, inputs }, shapes[position] ?? [], layers.length));
    newPositions.push(layers.length - 1);
  }
  return { layers };
}

/** A layer without weights that is a part of what stands for `layer`. */
export function partOf(
  { name }: Layer,
  suffix: string,
  settings: LayerKind,
  inputs: readonly number[],
): Layer {
  return { ...settings, name: suffix ? `${name}_${suffix}` : name, inputs, tensors: {} };
}
