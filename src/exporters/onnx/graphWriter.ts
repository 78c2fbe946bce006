import { encodeFloat16 } from '../../domain/float16.ts';
import { LARGEST_FLOAT16, MAX_KEPT_VALUES } from '../halvedWeights.ts';
import {
  FLOAT,
  type AttributeValue,
  type FloatType,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
} from './messages.ts';

/**
 * A value of the graph. ONNX has channels before height and width; `image` values are laid out so,
 * `row` values have as many sizes as the network's own, channels last.
 */
export interface GraphValue {
  readonly name: string;
  readonly layout: 'image' | 'row';
}

/** Collects the nodes and constants of a graph and gives names to them. */
export class GraphWriter {
  readonly #nodes: OnnxNode[] = [];
  readonly #constants: OnnxTensor[] = [];
  readonly #weights: FloatType;

  constructor(weights: FloatType) {
    this.#weights = weights;
  }

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

  /**
   * Adds values and gives the name under which they are float32. Kept as float16, they are widened by
   * the graph: few runtimes compute in float16, and those that do find the pattern.
   */
  constant(values: ArrayLike<number>, shape: readonly number[]): string {
    const floats = Float32Array.from(values);
    const isHalved = this.#weights === 'float16' && floats.length > MAX_KEPT_VALUES;
    if (!isHalved || floats.some((value) => Math.abs(value) > LARGEST_FLOAT16)) {
      return this.#keep(floats, shape);
    }
    return this.add('Cast', [this.#keep(encodeFloat16(floats), shape)], { to: FLOAT });
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
