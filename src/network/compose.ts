import { GraftError } from '../domain/errors.ts';
import type { HeadWeights } from '../domain/head.ts';
import { canonicalNetwork } from './canonicalNetwork.ts';
import { inferShapes } from './inferShapes.ts';
import type { Layer, Network } from './network.ts';

/** The layers that the one at `position` depends on, and itself as the output, in canonical order. */
export function cutNetwork(network: Network, position: number): Network {
  if (network.layers[position] === undefined) {
    const message = `There is no layer at position ${String(position)}`;
    throw new GraftError('base-invalid', message, { position });
  }
  return canonicalNetwork(network.layers, position);
}

/** Base up to the cut, then global average pooling: [batch, activationSize]. */
export function pooledNetwork(network: Network, cutPosition: number): Network {
  const cut = cutNetwork(network, cutPosition);
  return withOutput(cut, {
    kind: 'global-average-pooling2d',
    keepDims: false,
    name: freeName(cut, 'pooling'),
    inputs: [cut.layers.length - 1],
    tensors: {},
  });
}

export interface ClassifierParts {
  readonly network: Network;
  readonly cutPosition: number;
  readonly head: HeadWeights;
}

/**
 * Base up to the cut, global average pooling, softmax head: [batch, numClasses] probabilities.
 * Prediction and export both use this one composition.
 */
export function classifierNetwork({ network, cutPosition, head }: ClassifierParts): Network {
  const pooled = pooledNetwork(network, cutPosition);
  const numClasses = head.bias.length;
  const activationSize = head.kernel.length / numClasses;
  const classifier = withOutput(pooled, {
    kind: 'dense',
    activation: 'softmax',
    name: freeName(pooled, 'probabilities'),
    inputs: [pooled.layers.length - 1],
    tensors: {
      kernel: { shape: [activationSize, numClasses], values: head.kernel },
      bias: { shape: [numClasses], values: head.bias },
    },
  });
  // Refuses a head that was made for another cut.
  inferShapes(classifier);
  return classifier;
}

function withOutput(network: Network, layer: Layer): Network {
  return { layers: [...network.layers, layer] };
}

/** Files of some formats find layers by name, so a name of the base must not come twice. */
function freeName(network: Network, wanted: string): string {
  const taken = new Set(network.layers.map(({ name }) => name));
  let name = wanted;
  for (let count = 1; taken.has(name); count++) name = `${wanted}_${String(count)}`;
  return name;
}
