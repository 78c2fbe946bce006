import type { OwnClasses } from '../domain/baseSummary.ts';
import { inferShapes } from './inferShapes.ts';
import type { LayerShape } from './layerShape.ts';
import type { Layer, Network } from './network.ts';

/** Layers that change nothing about a row's values. */
export const HANDS_ON: readonly Layer['kind'][] = ['dropout', 'flatten', 'reshape'];

/**
 * The classes that the network ends in: in a softmax over all of its last values, or in the plain values
 * of a dense layer, which are then taken for logits. `undefined` where it ends in anything else, as
 * networks without their classifier do. Errors: base-invalid where a layer's input does not fit.
 */
export function findOwnClasses(
  network: Network,
  inputShape: readonly number[],
): OwnClasses | undefined {
  const { layers } = network;
  const shapes = inferShapes(network, inputShape);
  let position = layers.length - 1;
  while (HANDS_ON.includes(layers[position]?.kind ?? 'input')) {
    position = layers[position]?.inputs[0] ?? 0;
  }
  const layer = layers[position];
  if (layer === undefined || !('activation' in layer)) return undefined;
  const areLogits = layer.kind === 'dense' && layer.activation === 'linear';
  if (layer.activation !== 'softmax' && !areLogits) return undefined;
  return classesAt(position, shapes[position], areLogits);
}

/** Those of the values at `position`; `undefined` unless they are one row of at least two. */
export function classesAt(
  position: number,
  shape: LayerShape | null | undefined,
  areLogits: boolean,
): OwnClasses | undefined {
  const numClasses = shape?.at(-1) ?? 0;
  const isOneRow = shape?.slice(0, -1).every((size) => size === 1) === true;
  if (!isOneRow || numClasses < 2) return undefined;
  const pooling = shape.length === 1 ? 'none' : 'flatten';
  return { cut: { positions: [position], pooling }, numClasses, areLogits };
}
