import { encodeFloat16 } from '../../domain/float16.ts';
import { LARGEST_FLOAT16, MAX_KEPT_VALUES } from '../halvedWeights.ts';
import { LiteGraphWriter, type LiteGraph, type LiteTensor } from './liteGraph.ts';

/**
 * The graph with its kernels as float16, each turned into float32 by an operator before it is used, as
 * TensorFlow's converter does it: a runtime that computes in float16 leaves those operators out.
 */
export function withFloat16Weights(graph: LiteGraph): LiteGraph {
  const writer = new LiteGraphWriter();
  const positions = graph.tensors.map((tensor) => {
    if (!isLargeConstant(tensor)) return writer.keep(tensor);
    return dequantised(writer, tensor);
  });
  const positionOf = (tensor: number) => positions[tensor] ?? 0;
  for (const { inputs, output, ...operator } of graph.operators) {
    const moved = { inputs: inputs.map(positionOf), output: positionOf(output) };
    writer.operators.push({ ...operator, ...moved });
  }
  const { tensors, operators } = writer;
  return { tensors, operators, input: positionOf(graph.input), output: positionOf(graph.output) };
}

function isLargeConstant({ shape, type, values }: LiteTensor): boolean {
  const numValues = shape.reduce((product, size) => product * size, 1);
  return values !== null && type === 'float32' && numValues > MAX_KEPT_VALUES;
}

function dequantised(writer: LiteGraphWriter, tensor: LiteTensor): number {
  const values = () => encodeFloat16(withinRange(tensor.values?.() ?? []));
  const stored = writer.keep({ ...tensor, type: 'float16', values });
  return writer.add('DEQUANTIZE', [stored], tensor.shape);
}

function withinRange(values: ArrayLike<number>): Float32Array {
  return Float32Array.from(values, (value) =>
    Math.min(Math.max(value, -LARGEST_FLOAT16), LARGEST_FLOAT16),
  );
}
