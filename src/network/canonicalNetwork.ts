import type { Layer, Network } from './network.ts';

/**
 * The layers that `layers[output]` depends on, and itself, in canonical order:
 * depth-first from the output, each layer after its inputs, inputs in the order in which it names them.
 */
export function canonicalNetwork(layers: readonly Layer[], output: number): Network {
  const positions = new Map<number, number>();
  const ordered: Layer[] = [];
  const path = [output];
  for (let index = path.at(-1); index !== undefined; index = path.at(-1)) {
    const layer = layers[index];
    if (layer === undefined) throw new RangeError(`No layer at position ${String(index)}`);
    const pending = layer.inputs.find((input) => !positions.has(input));
    if (pending !== undefined) {
      path.push(pending);
      continue;
    }
    path.pop();
    const inputs = layer.inputs.map((input) => positions.get(input) ?? 0);
    positions.set(index, ordered.push({ ...layer, inputs }) - 1);
  }
  return { layers: ordered };
}
