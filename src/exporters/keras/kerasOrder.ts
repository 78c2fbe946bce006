import type { Layer } from '../../network/network.ts';

/**
 * Positions of the layers in the order in which Keras lists them, which is what its files number them
 * by: those farthest from the output first, and among equals in the order in which a walk from the
 * output comes upon them (`map_graph` in `keras/src/ops/function.py`, and before it Keras 2's
 * `_map_graph_network`). `layers` are in canonical order.
 */
export function kerasOrder(layers: readonly Layer[]): readonly number[] {
  const depths = depthsOf(layers);
  const turns = turnsOf(layers);
  return layers
    .map((_, position) => position)
    .sort((a, b) => (depths[b] ?? 0) - (depths[a] ?? 0) || (turns[a] ?? 0) - (turns[b] ?? 0));
}

/** The longest way from each layer to the output. */
function depthsOf(layers: readonly Layer[]): number[] {
  const depths = layers.map(() => 0);
  for (let position = layers.length - 1; position >= 0; position--) {
    for (const input of layers[position]?.inputs ?? []) {
      depths[input] = Math.max(depths[input] ?? 0, (depths[position] ?? 0) + 1);
    }
  }
  return depths;
}

/** When a walk from the output, depth first, first meets each layer. */
function turnsOf(layers: readonly Layer[]): number[] {
  const turns = layers.map(() => -1);
  const path = [layers.length - 1];
  let turn = 0;
  for (let position = path.pop(); position !== undefined; position = path.pop()) {
    if ((turns[position] ?? 0) >= 0) continue;
    turns[position] = turn++;
    path.push(...(layers[position]?.inputs ?? []).toReversed());
  }
  return turns;
}
