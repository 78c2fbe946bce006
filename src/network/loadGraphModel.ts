import { GraftError } from '../domain/errors.ts';
import type { PixelRange } from '../domain/preprocessing.ts';
import type { ByteSource } from './byteSource.ts';
import { readGraph, statedShape, type Graph } from './graphModel/graphNodes.ts';
import { mapGraph } from './graphModel/mapGraph.ts';
import { parseJson } from './jsonChecks.ts';
import type { TfjsLayersFiles } from './loadTfjsLayers.ts';
import type { Network } from './network.ts';
import type { OpaqueGraph } from './opaqueGraph.ts';
import type { OpenedNetwork } from './openedNetwork.ts';
import { readTfjsWeights } from './tfjsWeights.ts';

export type GraphModelFiles = TfjsLayersFiles<ByteSource>;

/**
 * Reads a TF.js graph model: as layers where every operation is known, else as a graph that runs as it
 * is. Converters fold batch norms into kernels, so that a network that was saved in layers format too
 * has another identity here than there, though its answers are the same. Errors: base-invalid.
 */
export function loadGraphModel(files: GraphModelFiles): OpenedNetwork | OpaqueGraph {
  const model = parseJson(files.modelJson, 'model.json');
  const constants = readTfjsWeights(model, files.weights);
  const graph = readGraph(model);
  try {
    const network = mapGraph(graph, constants);
    const pixelRange = rangeBeforeRescaling(network);
    return { network, format: 'tfjs-graph', architecture: null, pixelRange, classNames: null };
  } catch (thrown) {
    if (!(thrown instanceof GraftError) || thrown.code !== 'unsupported-layer') throw thrown;
    return opaqueGraph(files, graph, thrown);
  }
}

/** What goes round may do so for ever, and no network for pictures does. */
const LOOPS: readonly string[] = ['While', 'StatelessWhile', 'NextIteration', 'LoopCond', 'Enter'];

function opaqueGraph(
  { modelJson, weights }: GraphModelFiles,
  graph: Graph,
  reason: GraftError,
): OpaqueGraph {
  const nodes = [...graph.nodes.values()];
  const loop = nodes.find(({ op }) => LOOPS.includes(op));
  if (loop !== undefined) {
    const details = { layer: loop.name, className: loop.op };
    throw new GraftError('unsupported-layer', `The node ${loop.name} goes round`, details);
  }
  const inputs = nodes.filter(({ op }) => op === 'Placeholder');
  const [input] = inputs;
  const inputShape = input === undefined ? null : statedShape(input);
  if (inputs.length !== 1 || inputShape === null) {
    const message = `The graph model has ${inputs.length} inputs of a known shape instead of one`;
    throw new GraftError('base-invalid', message);
  }
  return {
    kind: 'opaque-graph',
    format: 'tfjs-graph',
    modelJson,
    weights,
    inputShape,
    nodes: nodes.filter(({ op }) => op !== 'Const' && op !== 'Placeholder'),
    reason: { node: String(reason.details['layer']), op: String(reason.details['className']) },
  };
}

/** Values this far from 0 are still ones that networks are trained on. */
const MAX_NETWORK_VALUE = 3;

/** A rescaling right behind the input tells what range the pixels come in: 0 to 1, or 0 to 255. */
function rangeBeforeRescaling({ layers }: Network): PixelRange | null {
  const [input, first] = layers;
  const isGrey = input?.kind === 'input' && input.shape.at(-1) === 1;
  if (first?.kind !== 'rescaling') return null;
  const white = (largest: number) => largest * (first.scale[0] ?? 1) + (first.offset[0] ?? 0);
  const largest = [255, 1].find((value) => Math.abs(white(value)) <= MAX_NETWORK_VALUE);
  if (largest === undefined) return null;
  return { channelOrder: isGrey ? 'grey' : 'rgb', scale: [largest / 255], offset: [0] };
}
