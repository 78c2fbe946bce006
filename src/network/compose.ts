import type { Cut } from '../domain/cut.ts';
import { GraftError } from '../domain/errors.ts';
import type { HeadWeights } from '../domain/head.ts';
import { canonicalNetwork } from './canonicalNetwork.ts';
import { inferShapes } from './inferShapes.ts';
import { NetworkBuilder } from './networkBuilder.ts';
import type { Network } from './network.ts';
import { pool } from './pooling.ts';

/** The layers that the one at `position` depends on, and itself as the output, in canonical order. */
export function cutNetwork(network: Network, position: number): Network {
  requireLayer(network, position);
  return canonicalNetwork(network.layers, position);
}

/** Base up to the cut, then the cut's pooling: [batch, activationSize]. Errors: base-invalid. */
export function pooledNetwork(network: Network, cut: Cut): Network {
  const { layers } = pooledInPlace(network, cut);
  return canonicalNetwork(layers, layers.length - 1);
}

/** The same with every layer of the base where it was, needed or not. */
export function pooledInPlace(network: Network, { positions, pooling }: Cut): Network {
  for (const position of positions) requireLayer(network, position);
  const builder = new NetworkBuilder(network);
  const rows = positions.map((position) => pool(builder, position, pooling));
  const [first = 0] = rows;
  const output =
    rows.length > 1 ? builder.add({ kind: 'concatenate' }, 'activations', rows) : first;
  return { layers: builder.layers.slice(0, output + 1) };
}

export interface ClassifierParts {
  readonly network: Network;
  readonly cut: Cut;
  readonly head: HeadWeights;
}

/**
 * Base up to the cut, pooling, hidden layers of the head if any, softmax: [batch, numClasses] probabilities.
 * Prediction and export both use this one composition.
 */
export function classifierNetwork({ network, cut, head }: ClassifierParts): Network {
  return withHead(pooledNetwork(network, cut), head);
}

/** The same with every layer of the base where it was, needed or not, so that those can be trained. */
export function classifierInPlace({ network, cut, head }: ClassifierParts): Network {
  return withHead(pooledInPlace(network, cut), head);
}

function withHead(pooled: Network, head: HeadWeights): Network {
  const builder = new NetworkBuilder(pooled);
  const layers = [
    ...(head.hidden ?? []).map((layer, i) => ({ ...layer, name: `hidden_${i + 1}` })),
    { ...head, activation: 'softmax', name: 'probabilities' } as const,
  ];
  for (const { name, activation, kernel, bias } of layers) {
    const shape = [kernel.length / bias.length, bias.length];
    builder.add({ kind: 'dense', activation }, name, [builder.layers.length - 1], {
      kernel: { shape, values: kernel },
      bias: { shape: [bias.length], values: bias },
    });
  }
  const classifier = { layers: builder.layers };
  // Refuses a head that was made for another cut.
  inferShapes(classifier);
  return classifier;
}

function requireLayer(network: Network, position: number): void {
  if (network.layers[position] !== undefined) return;
  const message = `There is no layer at position ${String(position)}`;
  throw new GraftError('base-invalid', message, { position });
}
