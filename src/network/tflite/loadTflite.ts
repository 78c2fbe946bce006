import { inferShapes } from '../inferShapes.ts';
import type { ByteSource } from '../byteSource.ts';
import { graphOf, type GraphNode } from '../graphModel/graphNodes.ts';
import { mapGraph } from '../graphModel/mapGraph.ts';
import type { Layer, Network } from '../network.ts';
import type { OpenedNetwork } from '../openedNetwork.ts';
import { listZip, openZipped } from '../zipSource.ts';
import { refuseLite } from './flatFile.ts';
import { GraphUnderway } from './graphUnderway.ts';
import { LiteCall } from './liteCall.ts';
import { readLiteModel, type LiteModel } from './liteModel.ts';
import { OPERATOR_READERS } from './operators.ts';
import { pixelRangeOf } from './pixelRange.ts';

/**
 * Reads a TensorFlow Lite (LiteRT) model as layers: its operators as operations of TensorFlow, which are
 * mapped as those of a graph model are. Weights of 16 and 8 bits are what they stand for, and what a file
 * computes in 8 bits, the layers compute in float32. Errors: base-invalid; unsupported-layer
 * {layer, className} with the operator's name.
 */
export function loadTflite(source: ByteSource): OpenedNetwork {
  const model = readLiteModel(source);
  const graph = translate(model);
  const outputs = model.outputs.map((output) => graph.source(output));
  const network = withRescaling(mapGraph(graphOf(graph.nodes, outputs), graph.constants));
  const numChannels = inferShapes(network)[0]?.at(-1) ?? null;
  const pixelRange = pixelRangeOf(model, numChannels);
  return { network, format: 'tflite', architecture: null, pixelRange, classNames: null };
}

function translate(model: LiteModel): GraphUnderway {
  const graph = new GraphUnderway(model);
  for (const input of model.inputs) graph.set(input, graph.add(placeholder(model, input)));
  for (const [position, operator] of model.operators.entries()) {
    const call = new LiteCall(graph, operator, position);
    const { name, outputs } = operator;
    const read = Object.hasOwn(OPERATOR_READERS, name) ? OPERATOR_READERS[name] : undefined;
    const [output, second] = outputs;
    if (read === undefined) return call.refuse('is of a kind that is not known');
    if (output === undefined || second !== undefined) return call.refuse('has several outputs');
    graph.set(output, read(call));
  }
  return graph;
}

function placeholder({ tensors }: LiteModel, input: number): GraphNode {
  const { openShape } = tensors[input] ?? refuseLite('has no such input');
  const dim = openShape.map((size) => ({ size: String(size) }));
  const attributes = { shape: { shape: { dim } } };
  return {
    name: `input_${input}`,
    op: 'Placeholder',
    inputs: [],
    takesLaterOutput: false,
    attributes,
  };
}

/** A first layer that only turns pixels into another range is written as a depthwise convolution of one tap. */
function withRescaling(network: Network): Network {
  const [input, first, ...rest] = network.layers;
  if (input === undefined || first?.kind !== 'depthwise-conv2d') return network;
  const { kernel, bias } = first.tensors;
  const isPlain = first.activation === 'linear' && Math.max(...first.strides) === 1;
  const [height, width, , multiplier] = kernel?.shape ?? [];
  if (!isPlain || kernel === undefined || height !== 1 || width !== 1 || multiplier !== 1) {
    return network;
  }
  const rescaling: Layer = {
    kind: 'rescaling',
    scale: alike([...kernel.values]),
    offset: alike([...(bias?.values ?? [0])]),
    name: first.name,
    inputs: first.inputs,
    tensors: {},
  };
  return { layers: [input, rescaling, ...rest] };
}

function alike(values: readonly number[]): readonly number[] {
  return values.every((value) => value === values[0]) ? values.slice(0, 1) : values;
}

const LABELS = 'labels.txt';

/** The class names that tools append to a model as a zip; none where there is no zip behind it. */
export async function labelsBehind(source: ByteSource): Promise<readonly ByteSource[]> {
  try {
    const labels = listZip(source).find(({ path }) => path === LABELS);
    return labels === undefined ? [] : [await openZipped(source, labels)];
  } catch {
    return [];
  }
}
