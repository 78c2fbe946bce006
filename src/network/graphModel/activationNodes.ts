import type { ActivationKind } from '../network.ts';
import { numberAttribute, unsupportedNode } from './attributes.ts';
import type { GraphNode } from './graphNodes.ts';
import type { Mapping } from './mapping.ts';

const ACTIVATIONS: Readonly<Record<string, ActivationKind>> = {
  Relu: 'relu',
  Relu6: 'relu6',
  Elu: 'elu',
  Selu: 'selu',
  Sigmoid: 'sigmoid',
  Softplus: 'softplus',
  Tanh: 'tanh',
  Softmax: 'softmax',
  // Not TensorFlow's own, but TensorFlow Lite's.
  Gelu: 'gelu',
  HardSwish: 'hard-swish',
};

/** A node that applies a function to each value, or softmax. */
export function mapActivation(node: GraphNode, mapping: Mapping): number {
  return addActivation(node, mapping, mapping.layer(node, 0), node.op, 1);
}

/**
 * The activation that TensorFlow calls `operation`, behind the layer at `position`.
 * PReLU takes its slopes from the node's input number `argument`.
 */
export function addActivation(
  node: GraphNode,
  mapping: Mapping,
  position: number,
  operation: string,
  argument: number,
): number {
  const { builder } = mapping;
  const name = operation === node.op ? node.name : `${node.name}/${operation}`;
  if (operation === 'LeakyRelu') {
    const key = node.op === operation ? 'alpha' : 'leakyrelu_alpha';
    const alpha = Math.fround(numberAttribute(node, key, 0.2));
    return builder.add({ kind: 'leaky-relu', alpha }, name, [position]);
  }
  if (operation === 'Prelu') {
    const alpha = mapping.constant(node, argument);
    return builder.add({ kind: 'prelu' }, name, [position], { alpha });
  }
  const activation = Object.hasOwn(ACTIVATIONS, operation) ? ACTIVATIONS[operation] : undefined;
  if (activation === undefined) return unsupportedNode(node, `does ${operation}`);
  return builder.add({ kind: 'activation', activation }, name, [position]);
}
