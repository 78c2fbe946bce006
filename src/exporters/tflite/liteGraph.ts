import type { WeightTensor } from '../../network/network.ts';
import type { Table } from './flatbuffer.ts';
import type { OperatorName } from './operators.ts';

export type TensorType = 'float32' | 'float16' | 'int32' | 'int8';

/** real = scale · (stored − zero point): one pair for all of the tensor, or one per index of `axis`. */
export interface Quantisation {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis: number;
}

export interface LiteTensor {
  /** What it is, for whoever looks at the file; several may have the same. */
  readonly name: string;
  /** With the batch, of one photo. */
  readonly shape: readonly number[];
  readonly type: TensorType;
  readonly quantisation: Quantisation | null;
  /** Of a constant; made at each call, so that a graph holds no converted weights. */
  readonly values: (() => Float32Array | Uint16Array | Int32Array | Int8Array) | null;
}

/** Inputs and output are positions of tensors. */
export interface LiteOperator {
  readonly name: OperatorName;
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options: Table;
}

/** A network for TensorFlow Lite as data; every operator comes behind those that it depends on. */
export interface LiteGraph {
  readonly tensors: readonly LiteTensor[];
  readonly operators: readonly LiteOperator[];
  readonly input: number;
  readonly output: number;
}

/** Collects the tensors and operators of a graph. Tensors are named by their position. */
export class LiteGraphWriter {
  readonly tensors: LiteTensor[] = [];
  readonly operators: LiteOperator[] = [];

  /** Adds an operation of float32 and gives its output. */
  add(
    name: OperatorName,
    inputs: readonly number[],
    shape: readonly number[],
    options: Table = [],
  ): number {
    const output = this.value(shape, name.toLowerCase());
    this.operators.push({ name, inputs, output, options });
    return output;
  }

  /** Adds a tensor that an operator or the caller fills. */
  value(shape: readonly number[], name: string): number {
    return this.keep({ name, shape, type: 'float32', quantisation: null, values: null });
  }

  weights(tensor: WeightTensor): number {
    const { shape } = tensor;
    const values = () => tensor.values;
    return this.keep({ name: 'weights', shape, type: 'float32', quantisation: null, values });
  }

  /** A list of whole numbers, as sizes and axes are given. */
  sizes(list: readonly number[], shape: readonly number[] = [list.length]): number {
    const values = () => Int32Array.from(list);
    return this.keep({ name: 'sizes', shape, type: 'int32', quantisation: null, values });
  }

  keep(tensor: LiteTensor): number {
    return this.tensors.push(tensor) - 1;
  }

  shapeOf(position: number): readonly number[] {
    return this.tensors[position]?.shape ?? [];
  }
}
