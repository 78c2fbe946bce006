import { foldNetwork } from '../../network/fold.ts';
import { inferShapes } from '../../network/inferShapes.ts';
import type { Network } from '../../network/network.ts';
import { addStep } from './addStep.ts';
import { GraphWriter, type GraphValue } from './graphWriter.ts';
import { encodeModel, type FloatType } from './messages.ts';

/**
 * The folded network as an ONNX file: input `input`, [batch, height, width, channels]
 * as the network's own, output `output`, [batch, outputSize] for a network that ends in a row.
 * Errors: base-invalid.
 */
export function onnxModel(
  network: Network,
  inputShape: readonly number[],
  weights: FloatType = 'float32',
): Uint8Array<ArrayBuffer> {
  const outputShape = inferShapes(network, inputShape).at(-1) ?? [];
  const graph = new GraphWriter(weights);
  const values: GraphValue[] = [];
  for (const step of foldNetwork(network)) {
    const inputs = step.inputs.flatMap((position) => values[position] ?? []);
    values.push(step.kind === 'input' ? addInput(graph, inputShape) : addStep(graph, step, inputs));
  }
  const last = values.at(-1) ?? { name: 'input', layout: 'row' };
  const output = last.layout === 'image' ? graph.channelsLast(last.name) : last.name;
  return encodeModel({
    ...graph.content,
    nodes: [...graph.content.nodes, { operator: 'Identity', inputs: [output], output: 'output' }],
    input: { name: 'input', sizes: inputShape },
    output: { name: 'output', sizes: outputShape.map((size) => size ?? 0) },
  });
}

function addInput(graph: GraphWriter, { length }: readonly number[]): GraphValue {
  if (length !== 3) return { name: 'input', layout: 'row' };
  return { name: graph.channelsFirst('input'), layout: 'image' };
}
