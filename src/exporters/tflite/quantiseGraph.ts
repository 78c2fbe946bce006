import type { ValueRange } from '../../domain/valueRange.ts';
import { isInt8, tensorQuantisations } from './int8Rules.ts';
import {
  LiteGraphWriter,
  type LiteGraph,
  type LiteOperator,
  type LiteTensor,
  type Quantisation,
} from './liteGraph.ts';
import type { OperatorName } from './operators.ts';
import {
  areEqual,
  channelScales,
  quantisedBias,
  quantisedKernel,
  type KernelValues,
} from './quantisation.ts';

/**
 * The graph computed in int8, with float32 going in and coming out. `ranges` are those of tensors of the
 * graph; an operator between tensors without a range, or without an int8 form, stays in float32.
 */
export function quantiseGraph(
  graph: LiteGraph,
  ranges: ReadonlyMap<number, ValueRange>,
): LiteGraph {
  return new GraphQuantiser(graph, tensorQuantisations(graph, ranges)).run();
}

/** Of the kernel, for operators with one. */
const CHANNEL_AXES: Readonly<Partial<Record<OperatorName, number>>> = {
  CONV_2D: 0,
  DEPTHWISE_CONV_2D: 3,
  FULLY_CONNECTED: 0,
};

class GraphQuantiser {
  readonly #writer = new LiteGraphWriter();
  readonly #graph: LiteGraph;
  readonly #quantisations: ReadonlyMap<number, Quantisation>;
  /** Positions of what stands for a tensor of the graph. */
  readonly #int8 = new Map<number, number>();
  readonly #float32 = new Map<number, number>();

  constructor(graph: LiteGraph, quantisations: ReadonlyMap<number, Quantisation>) {
    this.#graph = graph;
    this.#quantisations = quantisations;
  }

  run(): LiteGraph {
    const { input, output, operators } = this.#graph;
    this.#float32.set(input, this.#writer.keep(this.#tensor(input)));
    for (const operator of operators) {
      const isQuantised =
        this.#quantisations.has(operator.output) &&
        isInt8(this.#graph, operator, this.#quantisations);
      if (isQuantised) this.#addInt8(operator);
      else this.#addFloat(operator);
    }
    const ends = { input: this.#floatOf(input), output: this.#floatOf(output) };
    return { tensors: this.#writer.tensors, operators: this.#writer.operators, ...ends };
  }

  #addFloat(operator: LiteOperator): void {
    const inputs = operator.inputs.map((input) => this.#floatOf(input));
    const output = this.#writer.keep(this.#tensor(operator.output));
    this.#float32.set(operator.output, output);
    this.#writer.operators.push({ ...operator, inputs, output });
  }

  #addInt8(operator: LiteOperator): void {
    const inputs = this.#int8Inputs(operator);
    const output = this.#keepInt8(operator.output, this.#quantisationOf(operator.output));
    this.#int8.set(operator.output, output);
    this.#writer.operators.push({ ...operator, inputs, output });
  }

  #int8Inputs({ name, inputs, output }: LiteOperator): readonly number[] {
    const [x = 0, kernel = 0, bias = 0] = inputs;
    const channelAxis = CHANNEL_AXES[name];
    if (channelAxis !== undefined) return this.#weighted(x, kernel, bias, channelAxis);
    if (name !== 'CONCATENATION') return inputs.map((input) => this.#int8Of(input));
    return inputs.map((input) => this.#requantised(input, this.#quantisationOf(output)));
  }

  /** Kernel with a scale per channel along `axis`, bias in steps of the product of both scales. */
  #weighted(x: number, kernel: number, bias: number, axis: number): readonly number[] {
    const [kernelTensor, biasTensor] = [this.#tensor(kernel), this.#tensor(bias)];
    const [inputScale = 1] = this.#quantisationOf(x).scales;
    const numChannels = kernelTensor.shape[axis] ?? 1;
    const readKernel = (): KernelValues => {
      return { values: floatValues(kernelTensor), numChannels, areChannelsLast: axis > 0 };
    };
    const scales = channelScales(readKernel(), floatValues(biasTensor), inputScale);
    const biasScales = scales.map((scale) => inputScale * scale);
    const zeroPoints = scales.map(() => 0);
    return [
      this.#int8Of(x),
      this.#writer.keep({
        ...kernelTensor,
        type: 'int8',
        quantisation: { scales, zeroPoints, axis },
        values: () => quantisedKernel(readKernel(), scales),
      }),
      this.#writer.keep({
        ...biasTensor,
        type: 'int32',
        quantisation: { scales: biasScales, zeroPoints, axis: 0 },
        values: () => quantisedBias(floatValues(biasTensor), biasScales),
      }),
    ];
  }

  #requantised(tensor: number, quantisation: Quantisation): number {
    const position = this.#int8Of(tensor);
    if (areEqual(this.#quantisationOf(tensor), quantisation)) return position;
    return this.#quantised(position, tensor, quantisation);
  }

  #int8Of(tensor: number): number {
    const known = this.#int8.get(tensor);
    if (known !== undefined) return known;
    if (this.#tensor(tensor).values !== null) return this.#writer.keep(this.#tensor(tensor));
    const position = this.#quantised(this.#floatOf(tensor), tensor, this.#quantisationOf(tensor));
    this.#int8.set(tensor, position);
    return position;
  }

  #floatOf(tensor: number): number {
    const known = this.#float32.get(tensor);
    if (known !== undefined) return known;
    const { shape, values } = this.#tensor(tensor);
    const position =
      values === null
        ? this.#writer.add('DEQUANTIZE', [this.#int8Of(tensor)], shape)
        : this.#writer.keep(this.#tensor(tensor));
    this.#float32.set(tensor, position);
    return position;
  }

  #quantised(from: number, tensor: number, quantisation: Quantisation): number {
    const output = this.#keepInt8(tensor, quantisation);
    this.#writer.operators.push({ name: 'QUANTIZE', inputs: [from], output, options: [] });
    return output;
  }

  #keepInt8(tensor: number, quantisation: Quantisation): number {
    return this.#writer.keep({ ...this.#tensor(tensor), type: 'int8', quantisation });
  }

  #tensor(position: number): LiteTensor {
    const tensor = this.#graph.tensors[position];
    if (tensor === undefined) throw new RangeError(`No tensor ${position}`);
    return tensor;
  }

  #quantisationOf(tensor: number): Quantisation {
    const quantisation = this.#quantisations.get(tensor);
    if (quantisation === undefined) throw new RangeError(`Tensor ${tensor} is not stored as int8`);
    return quantisation;
  }
}

/** Of a constant of float32. */
function floatValues({ values }: LiteTensor): Float32Array {
  const made = values?.();
  return made instanceof Float32Array ? made : new Float32Array();
}
