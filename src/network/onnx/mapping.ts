import { permuted, reshaped } from '../lazyTensor.ts';
import type { Layer, LayerKind, WeightTensor } from '../network.ts';
import { ShapedBuilder } from '../shapedBuilder.ts';
import { unsupportedNode } from './attributes.ts';
import type { OnnxGraph } from './readModel.ts';
import type { OnnxNode } from './readNode.ts';

/** A layer's output, as the graph has it. */
export interface LayerValue {
  readonly kind: 'layer';
  readonly position: number;
  /** Whether channels come before height and width; the layer has them last. */
  readonly isChannelsFirst: boolean;
  /**
   * Of a picture that was flattened with its channels first, its height times its width: the layer has
   * the same values pixel by pixel. Absent for everything else.
   */
  readonly flatArea?: number;
}

/** A part of GELU that no layer stands for alone: the error function of x / √2, or that plus 1. */
export interface ErrorFunction {
  readonly kind: 'error-function';
  readonly of: LayerValue;
  readonly isShifted: boolean;
}

/** What a node gives. */
export type GraphValue =
  LayerValue | ErrorFunction | { readonly kind: 'constant'; readonly tensor: WeightTensor };

/** Sizes, axes and the like. */
const MAX_NUMBERS = 100;

/** A graph on its way to layers: the layers so far, and what each value of the graph has become. */
export class Mapping {
  readonly builder = new ShapedBuilder();
  readonly operatorSet: number;
  readonly #values = new Map<string, GraphValue>();
  readonly #takers = new Map<string, OnnxNode[]>();
  /** Positions of layers whose output several nodes take. */
  readonly #shared = new Set<number>();

  constructor(graph: OnnxGraph, nodes: readonly OnnxNode[]) {
    this.operatorSet = graph.operatorSet;
    for (const [name, tensor] of graph.constants) {
      this.#values.set(name, { kind: 'constant', tensor });
    }
    for (const node of nodes) {
      for (const name of node.inputs) {
        const takers = this.#takers.get(name);
        if (takers === undefined) this.#takers.set(name, [node]);
        else takers.push(node);
      }
    }
  }

  set(name: string, value: GraphValue): void {
    this.#values.set(name, value);
    if (value.kind === 'layer' && this.takers(name).length > 1) this.#shared.add(value.position);
  }

  get(name: string): GraphValue | undefined {
    return this.#values.get(name);
  }

  /** The nodes that take a value. */
  takers(name: string): readonly OnnxNode[] {
    return this.#takers.get(name) ?? [];
  }

  value(node: OnnxNode, index: number): GraphValue {
    const value = this.#values.get(node.inputs[index] ?? '');
    return value ?? unsupportedNode(node, `lacks input ${index}`);
  }

  layer(node: OnnxNode, index: number): LayerValue {
    const value = this.value(node, index);
    return value.kind === 'layer' ? value : unsupportedNode(node, 'has only constants to work on');
  }

  /** A picture with its channels first, as the format's operations on pictures take it. */
  picture(node: OnnxNode): LayerValue {
    const value = this.layer(node, 0);
    const isPicture = value.isChannelsFirst;
    return isPicture ? value : unsupportedNode(node, 'works on something else than a picture');
  }

  constant(node: OnnxNode, index: number): WeightTensor {
    const value = this.value(node, index);
    return value.kind === 'constant' ? value.tensor : unsupportedNode(node, 'needs a constant');
  }

  /** A constant's few values, for axes and sizes; `null` where the input is left out. */
  numbers(node: OnnxNode, index: number): readonly number[] | null {
    if ((node.inputs[index] ?? '') === '') return null;
    const tensor = this.constant(node, index);
    const numValues = tensor.shape.reduce((product, size) => product * size, 1);
    if (numValues > MAX_NUMBERS) unsupportedNode(node, 'has very many sizes');
    return [...tensor.values];
  }

  /** Sizes without the batch in the order of the graph, `null` where open. */
  sizes({ position, isChannelsFirst }: LayerValue): readonly (number | null)[] {
    const shape = this.builder.shape(position);
    const [height = null, width = null, channels = null] = shape;
    return isChannelsFirst ? [channels, height, width] : shape;
  }

  /** The layer if nothing else takes its output, so that a node may become part of it. */
  mergeable({ position }: LayerValue): Layer | null {
    return this.#shared.has(position) ? null : (this.builder.layers[position] ?? null);
  }

  /** Puts another layer in the place of the one that `mergeable` gave. */
  replace(value: LayerValue, layer: Layer): LayerValue {
    this.builder.replace(value.position, layer);
    return value;
  }

  /** Adds a layer behind others; what comes out is laid out as the first of them. */
  add(
    { name }: Pick<OnnxNode, 'name'>,
    settings: LayerKind,
    inputs: readonly [LayerValue, ...LayerValue[]],
    tensors: Layer['tensors'] = {},
  ): LayerValue {
    const positions = inputs.map(({ position }) => position);
    return { ...inputs[0], position: this.builder.add(settings, name, positions, tensors) };
  }
}

/**
 * A constant that is joined with the value, with as many sizes as the value's layer has, channels last;
 * `null` where it has more, or is in another order than a flattened layer.
 */
export function alignedConstant(
  tensor: WeightTensor,
  value: LayerValue,
  rank: number,
): WeightTensor | null {
  const { shape } = tensor;
  const extra = shape.slice(0, Math.max(0, shape.length - rank));
  if (extra.some((size) => size !== 1)) return null;
  const kept = shape.slice(extra.length);
  const padding = Array.from({ length: rank - kept.length }, () => 1);
  const aligned = reshaped(tensor, [...padding, ...kept]);
  if (value.flatArea !== undefined && kept.some((size) => size !== 1)) return null;
  return value.isChannelsFirst ? permuted(aligned, [1, 2, 0]) : aligned;
}
