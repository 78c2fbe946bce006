import type { GraphNode } from '../graphModel/graphNodes.ts';
import type { WeightTensor } from '../network.ts';
import { constantOf } from './constants.ts';
import { refuseLite } from './flatFile.ts';
import type { LiteModel } from './liteModel.ts';

/** What a tensor has become: the name of a node, or a constant. */
export type LiteValue = string | WeightTensor;

/** A TensorFlow Lite graph on its way to one of TensorFlow's: the nodes so far, and what each tensor has become. */
export class GraphUnderway {
  readonly constants = new Map<string, WeightTensor>();
  readonly #nodes = new Map<string, GraphNode>();
  readonly #values = new Map<number, LiteValue>();
  readonly #model: LiteModel;

  constructor(model: LiteModel) {
    this.#model = model;
  }

  get nodes(): readonly GraphNode[] {
    return [...this.#nodes.values()];
  }

  node(name: string): GraphNode | undefined {
    return this.#nodes.get(name);
  }

  add(node: GraphNode): string {
    if (this.#nodes.has(node.name)) refuseLite(`has ${node.name} twice`);
    this.#nodes.set(node.name, node);
    return node.name;
  }

  addConstant(name: string, tensor: WeightTensor): string {
    if (this.constants.has(name)) return name;
    this.constants.set(name, tensor);
    return this.add({ name, op: 'Const', inputs: [], takesLaterOutput: false, attributes: {} });
  }

  set(tensor: number, value: LiteValue): void {
    if (this.#values.has(tensor)) refuseLite(`gives tensor ${tensor} twice`);
    this.#values.set(tensor, value);
  }

  /** Of a constant, or of an operator that ran before. Errors: base-invalid. */
  value(tensor: number): LiteValue {
    const value = this.#values.get(tensor) ?? constantOf(this.#model, tensor);
    return value ?? refuseLite(`takes tensor ${tensor} before anything gives it`);
  }

  source(tensor: number): string {
    const value = this.value(tensor);
    return typeof value === 'string' ? value : this.addConstant(`constant_${tensor}`, value);
  }

  shape(tensor: number): readonly number[] {
    return this.#model.tensors[tensor]?.shape ?? refuseLite(`has no tensor ${tensor}`);
  }
}
