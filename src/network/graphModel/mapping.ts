import type { LayerShape } from '../layerShape.ts';
import type { Layer, WeightTensor } from '../network.ts';
import { ShapedBuilder } from '../shapedBuilder.ts';
import { unsupportedNode } from './attributes.ts';
import type { Graph, GraphNode } from './graphNodes.ts';

/** What a node gives: a layer's output by its position, a constant, or sizes that depend on the batch. */
export type GraphValue = number | WeightTensor | 'sizes';

/** A graph on its way to layers: the layers so far, and what each node's output has become. */
export class Mapping {
  readonly builder = new ShapedBuilder();
  readonly #graph: Graph;
  readonly #values = new Map<string, GraphValue>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  set(node: GraphNode, value: GraphValue): void {
    this.#values.set(node.name, value);
  }

  value(node: GraphNode, index: number): GraphValue {
    const value = this.#values.get(node.inputs[index] ?? '');
    return value ?? unsupportedNode(node, `lacks input ${index}`);
  }

  /** Position of the layer that an input comes from. */
  layer(node: GraphNode, index: number): number {
    const value = this.value(node, index);
    return typeof value === 'number'
      ? value
      : unsupportedNode(node, 'has only constants to work on');
  }

  constant(node: GraphNode, index: number): WeightTensor {
    const value = this.value(node, index);
    return typeof value === 'object' ? value : unsupportedNode(node, 'needs a constant');
  }

  /** A constant's values, for axes and sizes. */
  numbers(node: GraphNode, index: number): number[] {
    return [...this.constant(node, index).values];
  }

  /** The node that feeds an input. */
  producer(node: GraphNode, index: number): GraphNode | undefined {
    return this.#graph.nodes.get(node.inputs[index] ?? '');
  }

  /** The layer at the node's first input if nothing else uses it, so that the node may become part of it. */
  mergeable(node: GraphNode): Layer | null {
    const value = this.value(node, 0);
    for (
      let each: GraphNode | undefined = node;
      each !== undefined;
      each = this.producer(each, 0)
    ) {
      if (this.#graph.useCounts.get(each.inputs[0] ?? '') !== 1) return null;
      // Nodes that pass their input on have no layer of their own.
      const producer = this.producer(each, 0);
      if (producer === undefined || this.#values.get(producer.inputs[0] ?? '') !== value) break;
    }
    return typeof value === 'number' ? (this.builder.layers[value] ?? null) : null;
  }

  /** Output shape of the layer at `position`, without the batch. Errors: base-invalid. */
  shape(position: number): LayerShape {
    return this.builder.shape(position);
  }

  /** Puts another layer in the place of the one that `mergeable` gave. Gives its position. */
  replace(node: GraphNode, layer: Layer): number {
    const position = this.layer(node, 0);
    this.builder.replace(position, layer);
    return position;
  }
}
