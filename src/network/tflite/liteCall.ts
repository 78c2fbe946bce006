import { GraftError } from '../../domain/errors.ts';
import type { JsonRecord } from '../jsonChecks.ts';
import { lazyTensor } from '../lazyTensor.ts';
import type { WeightTensor } from '../network.ts';
import type { Scalar } from './flatFile.ts';
import type { GraphUnderway, LiteValue } from './graphUnderway.ts';
import type { LiteOperator } from './liteModel.ts';

/** Sizes, axes and the like are lists of a few numbers. */
const MAX_SIZES = 64;

/** One operator of a TensorFlow Lite graph with what goes into it. */
export class LiteCall {
  readonly graph: GraphUnderway;
  readonly name: string;
  readonly #operator: LiteOperator;

  constructor(graph: GraphUnderway, operator: LiteOperator, position: number) {
    this.graph = graph;
    this.#operator = operator;
    this.name = `${operator.name.toLowerCase()}_${position}`;
  }

  /** A number among its settings, by its field in the schema. */
  option(field: number, kind: Scalar, fallback = 0): number {
    return this.#operator.options?.number(field, kind, fallback) ?? fallback;
  }

  optionFlag(field: number): boolean {
    return this.#operator.options?.flag(field) ?? false;
  }

  optionList(field: number): readonly number[] {
    const list = this.#operator.options?.numbers(field, 'int32') ?? [];
    return list.length <= MAX_SIZES ? list : this.refuse('has too many sizes');
  }

  get numInputs(): number {
    return this.#operator.inputs.length;
  }

  has(index: number): boolean {
    return (this.#operator.inputs[index] ?? -1) !== -1;
  }

  value(index: number): LiteValue {
    return this.graph.value(this.#input(index));
  }

  /** The node that an input comes from; constants become nodes too. */
  source(index: number): string {
    return this.graph.source(this.#input(index));
  }

  weights(index: number): WeightTensor {
    const value = this.value(index);
    return typeof value === 'object' ? value : this.refuse('needs a constant');
  }

  sizes(index: number): readonly number[] {
    const constant = this.weights(index);
    const numValues = constant.shape.reduce((product, size) => product * size, 1);
    return numValues <= MAX_SIZES ? [...constant.values] : this.refuse('has too many sizes');
  }

  /** With the batch. */
  shape(index: number): readonly number[] {
    return this.graph.shape(this.#input(index));
  }

  get outputShape(): readonly number[] {
    return this.graph.shape(this.#operator.outputs[0] ?? -1);
  }

  /** A constant as a node; a list of numbers is one of one axis. */
  constant(role: string, values: WeightTensor | readonly number[]): string {
    const tensor =
      'shape' in values ? values : lazyTensor([values.length], () => Float32Array.from(values));
    return this.graph.addConstant(`${this.name}/${role}`, tensor);
  }

  /** Adds one of TensorFlow's operations and gives its name; with `role` one beside the main one. */
  add(op: string, inputs: readonly string[], attributes: JsonRecord = {}, role = ''): string {
    const name = role === '' ? this.name : `${this.name}/${role}`;
    return this.graph.add({ name, op, inputs, takesLaterOutput: false, attributes });
  }

  refuse(problem: string): never {
    const { name } = this.#operator;
    const details = { layer: this.name, className: name };
    throw new GraftError('unsupported-layer', `${this.name} (${name}) ${problem}`, details);
  }

  #input(index: number): number {
    return this.#operator.inputs[index] ?? this.refuse(`lacks input ${index}`);
  }
}
