import { inferShapes, type LayerShape } from '../network/inferShapes.ts';
import type { Layer, Network } from '../network/network.ts';

/**
 * The same network with every global pooling that keeps its dimensions as a plain one and a reshape:
 * old versions of TF.js ignore `keepdims`.
 */
export function splitKeptPooling(network: Network): Network {
  const shapes = inferShapes(network);
  const layers: Layer[] = [];
  const newPositions: number[] = [];
  for (const [position, layer] of network.layers.entries()) {
    const inputs = layer.inputs.map((input) => newPositions[input] ?? 0);
    layers.push(...split({ ...layer, inputs }, shapes[position] ?? [], layers.length));
    newPositions.push(layers.length - 1);
  }
  return { layers };
}

function split(layer: Layer, shape: LayerShape, position: number): Layer[] {
  if (layer.kind !== 'global-average-pooling2d' || !layer.keepDims) return [layer];
  return [
    { ...layer, keepDims: false },
    {
      kind: 'reshape',
      targetShape: shape.map((size) => size ?? -1),
      name: `${layer.name}_reshape`,
      inputs: [position],
      tensors: {},
    },
  ];
}
