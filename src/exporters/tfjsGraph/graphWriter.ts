import type { WeightTensor } from '../../network/network.ts';
import { typeAttribute, type GraphModelNode } from './graphNode.ts';

/** A value of the graph, [batch, …shape], channels last as the network has it. */
export interface GraphValue {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface GraphConstant {
  readonly name: string;
  /** As what the numbers of `tensor` are kept. */
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly tensor: WeightTensor;
}

/** Collects the nodes and constants of a graph and gives names to them, all with the same beginning. */
export class TfjsGraphWriter {
  readonly #prefix: string;
  readonly #nodes: GraphModelNode[] = [];
  readonly #constants: GraphConstant[] = [];

  constructor(prefix = '') {
    this.#prefix = prefix;
  }

  /** Adds an operation on floats and gives its output; the inputs are names. */
  add(
    op: string,
    input: readonly string[],
    shape: readonly number[],
    attr: Readonly<Record<string, unknown>> = {},
  ): GraphValue {
    const name = `${this.#prefix}${op.replace('_', '')}_${this.#nodes.length}`;
    this.addNamed(name, op, input, attr);
    return { name, shape };
  }

  /** The same with a name that others know. */
  addNamed(
    name: string,
    op: string,
    input: readonly string[],
    attr: Readonly<Record<string, unknown>> = {},
  ): void {
    this.#nodes.push({ name, op, input, attr: { T: typeAttribute('DT_FLOAT'), ...attr } });
  }

  /** Adds a constant, whose values are taken when the file is written, and gives its name. */
  weights(tensor: WeightTensor): string {
    return this.#keep(tensor, 'float32');
  }

  number(value: number): string {
    return this.weights({ shape: [], values: Float32Array.of(value) });
  }

  /** Adds whole numbers, as sizes and axes are given. */
  sizes(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#keep({ shape, values: Float32Array.from(values) }, 'int32');
  }

  /** Nodes in an order of execution. */
  get content() {
    return { nodes: this.#nodes, constants: this.#constants } as const;
  }

  #keep(tensor: WeightTensor, dtype: GraphConstant['dtype']): string {
    const name = `${this.#prefix}Const_${this.#constants.length}`;
    this.#constants.push({ name, dtype, tensor });
    return name;
  }
}
