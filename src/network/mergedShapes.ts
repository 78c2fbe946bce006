import { misfit, type LayerShape } from './layerShape.ts';
import type { Layer } from './network.ts';

/** Shape of several inputs taken value by value, where a size of 1 is repeated. */
export function broadcastShape(layer: Layer, inputs: readonly LayerShape[]): LayerShape {
  return inputs.reduce((first, second) => {
    if (first.length !== second.length) return misfitting(layer, first, second);
    return first.map((size, axis) => {
      const other = second[axis] ?? null;
      if (size === other || other === 1) return size;
      // An open size takes the other's: the two will be equal when there is a photo.
      if (size === 1 || size === null) return other;
      return other === null ? size : misfitting(layer, first, second);
    });
  });
}

/** Shape of the inputs one after the other along the last axis. */
export function concatenatedShape(layer: Layer, inputs: readonly LayerShape[]): LayerShape {
  return inputs.reduce((first, second) => {
    const size = first.at(-1) ?? null;
    const added = second.at(-1) ?? null;
    const sum = size === null || added === null ? null : size + added;
    if (first.length !== second.length) return misfitting(layer, first, second);
    const others = first.slice(0, -1).map((each, axis) => {
      const other = second[axis] ?? null;
      if (each === null || other === null || each === other) return each ?? other;
      return misfitting(layer, first, second);
    });
    return [...others, sum];
  });
}

function misfitting(layer: Layer, first: LayerShape, second: LayerShape): never {
  const [one, other] = [first, second].map((shape) => shape.map((size) => size ?? '?').join(' × '));
  return misfit(layer, `cannot join ${one ?? ''} and ${other ?? ''}`);
}
