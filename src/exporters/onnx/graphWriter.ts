import type { AttributeValue, OnnxGraph, OnnxNode, OnnxTensor } from './messages.ts';

/**
 * A value of the graph. ONNX has channels before height and width; `image` values are laid out so,
 * `row` values are [batch, size].
 */
export interface GraphValue {
  readonly name: string;
  readonly layout: 'image' | 'row';
}

/** Collects the nodes and constants of a graph and gives names to them. */
export class GraphWriter {
  readonly #nodes: OnnxNode[] = [];
  readonly #constants: OnnxTensor[] = [];

  /** Adds an operation and gives the name of its output. */
  add(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const output = `${operator.toLowerCase()}_${this.#nodes.length}`;
    this.#nodes.push({ operator, inputs, output, attributes });
    return output;
  }

  /** Adds float32 values and gives their name. */
  constant(values: ArrayLike<number>, shape: readonly number[]): string {
    return this.#keep(Float32Array.from(values), shape);
  }

  /** Adds a list of whole numbers, as shapes and sizes are given. */
  sizes(values: readonly number[]): string {
    return this.#keep(BigInt64Array.from(values, BigInt), [values.length]);
  }

  /** The value with channels last, as the network's own layers have it: [batch, height, width, channels]. */
  channelsLast(image: string): string {
    return this.add('Transpose', [image], { perm: [0, 2, 3, 1] });
  }

  channelsFirst(image: string): string {
    return this.add('Transpose', [image], { perm: [0, 3, 1, 2] });
  }

  get content(): Pick<OnnxGraph, 'nodes' | 'constants'> {
    return { nodes: this.#nodes, constants: this.#constants };
  }

  #keep(values: OnnxTensor['values'], shape: readonly number[]): string {
    const name = `constant_${this.#constants.length}`;
    this.#constants.push({ name, shape, values });
    return name;
  }
}
