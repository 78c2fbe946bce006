import { GraftError } from '../../domain/errors.ts';
import type { Network } from '../../network/network.ts';

/**
 * Positions, ascending, of the layers that a network's output depends on beyond those at `positions`.
 * Errors: cut-not-trainable {layer} where a way from the input to the output leads past these, as it does
 * within a residual block, or where nothing is beyond.
 */
export function layersAbove({ layers }: Network, positions: readonly number[]): readonly number[] {
  const above = new Set<number>();
  const pending = [layers.length - 1];
  const cutNames = () => positions.map((position) => layers[position]?.name).join(', ');
  for (let position = pending.pop(); position !== undefined; position = pending.pop()) {
    if (positions.includes(position) || above.has(position)) continue;
    const { kind, inputs = [] } = layers[position] ?? {};
    if (kind === 'input') throw notTrainable(cutNames(), 'A way to the output leads past');
    above.add(position);
    pending.push(...inputs);
  }
  if (above.size === 0) throw notTrainable(cutNames(), 'There is nothing beyond');
  return [...above].sort((a, b) => a - b);
}

/** Of a layer that training cannot begin at, or pass. */
export function notTrainable(layer: string, problem: string): GraftError {
  return new GraftError('cut-not-trainable', `${problem} ${layer}`, { layer });
}
