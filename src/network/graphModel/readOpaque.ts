import { asList, asRecord, asText, parseJson, type JsonRecord } from '../jsonChecks.ts';
import type { LayerShape } from '../layerShape.ts';
import type { WeightTensor } from '../network.ts';
import type { OpaqueGraph } from '../opaqueGraph.ts';
import { readTfjsWeights } from '../tfjsWeights.ts';
import { readGraph, type Graph, type GraphNode } from './graphNodes.ts';

/** What is in a graph that runs as it is. */
export interface OpaqueParts {
  readonly graph: Graph;
  readonly constants: ReadonlyMap<string, WeightTensor>;
  /** Name of the one node that takes pictures. */
  readonly inputName: string;
  /** Every node as `model.json` has it, by name. */
  readonly stated: ReadonlyMap<string, JsonRecord>;
  /** Functions that nodes may call, as JSON. */
  readonly library: string;
}

/** Errors: base-invalid. */
export function readOpaque({ modelJson, weights }: OpaqueGraph): OpaqueParts {
  const model = parseJson(modelJson, 'model.json');
  const topology = asRecord(model['modelTopology'], 'modelTopology');
  const graph = readGraph(model);
  const stated = asList(topology['node'], 'node of modelTopology')
    .map((node) => asRecord(node, 'A node'))
    .map((node) => [asText(node['name'], 'The name of a node'), node] as const);
  const input = [...graph.nodes.values()].find(({ op }) => op === 'Placeholder');
  return {
    graph,
    constants: readTfjsWeights(model, weights),
    inputName: input?.name ?? '',
    stated: new Map(stated),
    library: JSON.stringify(topology['library'] ?? {}),
  };
}

/** An input in the place of a node, for the part of a graph that is behind it. */
export function inputNode(name: string, shape: LayerShape = []): GraphNode {
  const dim = [-1, ...shape.map((size) => size ?? -1)].map((size) => ({ size }));
  const attributes = { shape: { shape: { dim } } };
  return { name, op: 'Placeholder', inputs: [], takesLaterOutput: false, attributes };
}
