import type { BaseSummary, LayerSummary } from '../domain/baseSummary.ts';
import { inferShapes } from './inferShapes.ts';
import type { Network } from './network.ts';
import { findOwnClasses } from './ownClasses.ts';
import { suggestCuts } from './suggestCuts.ts';

/**
 * The layers with their sizes for an input of `inputShape`, [height, width, channels], counted from the
 * tensors' shapes alone: no weight is read. Errors: base-invalid where a layer's input does not fit.
 */
export function summarise(
  network: Network,
  inputShape: readonly number[],
): readonly LayerSummary[] {
  const shapes = inferShapes(network, inputShape);
  return network.layers.map(({ name, kind, inputs, tensors }, position) => ({
    position,
    name,
    kind,
    // With the input's size given, every size is known.
    outputShape: (shapes[position] ?? []).map((size) => size ?? 0),
    numParameters: Object.values(tensors)
      .map(({ shape }) => shape.reduce((product, size) => product * size, 1))
      .reduce((sum, size) => sum + size, 0),
    inputs,
  }));
}

/** What `summarise` says, with the cuts that are worth trying and the classes it ends in. Errors: base-invalid. */
export function describeNetwork(network: Network, inputShape: readonly number[]): BaseSummary {
  const ownClasses = findOwnClasses(network, inputShape);
  return {
    layers: summarise(network, inputShape),
    suggestedCuts: suggestCuts(network, inputShape),
    ...(ownClasses === undefined ? {} : { ownClasses }),
  };
}
