import type { CutPooling } from '../domain/cut.ts';
import { GraftError } from '../domain/errors.ts';
import type { HeadWeights } from '../domain/head.ts';
import { readGraph } from '../network/graphModel/graphNodes.ts';
import { asList, asRecord, asText, parseJson, type JsonRecord } from '../network/jsonChecks.ts';
import type { OpaqueGraph } from '../network/opaqueGraph.ts';
import { readTfjsWeights } from '../network/tfjsWeights.ts';
import { textFile, type ExportedFile } from './exportedFile.ts';
import { nodesBehindCut, type GraphConstant, type GraphModelNode } from './graphNodesBehindCut.ts';

export interface GraphClassifier {
  readonly graph: OpaqueGraph;
  /** Name of the node where the graph is cut. */
  readonly cutNode: string;
  readonly pooling: CutPooling;
  readonly head: HeadWeights;
}

/**
 * `model.json` and `weights.bin` of a TF.js graph model: the graph up to the cut, as it was, then pooling
 * and head. It takes pixels in the graph's own range. Errors: base-invalid.
 */
export function graphModelFiles({
  graph,
  cutNode,
  pooling,
  head,
}: GraphClassifier): ExportedFile[] {
  const model = parseJson(graph.modelJson, 'model.json');
  const topology = asRecord(model['modelTopology'], 'modelTopology');
  const needed = readGraph({ ...model, signature: signature({ cut: cutNode }) }).nodes;
  const kept = asList(topology['node'], 'node of modelTopology')
    .map((node) => asRecord(node, 'A node'))
    .filter((node) => needed.has(asText(node['name'], 'The name of a node')))
    .map(withoutControlInputs);
  const behind = nodesBehindCut(cutNode, pooling, head, freePrefix([...needed.keys()]));
  const constants = [...keptConstants(kept, model, graph), ...behind.constants];
  const input = [...needed.values()].find(({ op }) => op === 'Placeholder')?.name ?? '';
  const exported = {
    format: 'graph-model',
    generatedBy: 'graft',
    convertedBy: null,
    signature: {
      inputs: { image: { name: `${input}:0` } },
      ...signature({ probabilities: behind.nodes.at(-1)?.name ?? '' }),
    },
    modelTopology: {
      ...topology,
      node: [...kept, ...behind.constants.map(constantNode), ...behind.nodes],
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: constants.map(manifestEntry) }],
  };
  return [
    textFile('model.json', JSON.stringify(exported)),
    { path: 'weights.bin', bytes: joined(constants) },
  ];
}

function signature(outputs: Readonly<Record<string, string>>) {
  const entries = Object.entries(outputs).map(([key, name]) => [key, { name: `${name}:0` }]);
  return { outputs: Object.fromEntries(entries) as JsonRecord };
}

/** Those only order execution, and what they name may be behind the cut. */
function withoutControlInputs(node: JsonRecord): JsonRecord {
  const inputs = asList(node['input'] ?? [], 'The inputs of a node');
  return { ...node, input: inputs.filter((input) => !String(input).startsWith('^')) };
}

/** The graph's own constants, in full precision whatever they were packed in. */
function keptConstants(
  nodes: readonly JsonRecord[],
  model: JsonRecord,
  { weights }: OpaqueGraph,
): GraphConstant[] {
  const tensors = readTfjsWeights(model, weights);
  return nodes
    .filter(({ op }) => op === 'Const')
    .map((node) => {
      const name = asText(node['name'], 'The name of a node');
      const tensor = tensors.get(name);
      if (tensor === undefined) {
        const message = `The node ${name} has no values in the weights`;
        throw new GraftError('base-invalid', message, { tensor: name });
      }
      const { shape, values } = tensor;
      return { name, shape, values: typed(node, values) };
    });
}

function typed(node: JsonRecord, values: Float32Array): GraphConstant['values'] {
  const dtype = asRecord(asRecord(node['attr'] ?? {}, 'attr of a node')['dtype'] ?? {}, 'dtype');
  switch (dtype['type']) {
    case 'DT_FLOAT':
      return values;
    case 'DT_BOOL':
      return Uint8Array.from(values);
    default:
      return Int32Array.from(values);
  }
}

function freePrefix(names: readonly string[]): string {
  let prefix = 'classifier';
  while (names.some((name) => name.startsWith(`${prefix}/`))) prefix += '_';
  return prefix;
}

function constantNode({ name, shape, values }: GraphConstant): GraphModelNode {
  const type = values instanceof Int32Array ? 'DT_INT32' : 'DT_FLOAT';
  const dim = shape.map((size) => ({ size: String(size) }));
  const attr = { dtype: { type }, value: { tensor: { dtype: type, tensorShape: { dim } } } };
  return { name, op: 'Const', input: [], attr };
}

function manifestEntry({ name, shape, values }: GraphConstant) {
  if (values instanceof Uint8Array) return { name, shape, dtype: 'bool' };
  return { name, shape, dtype: values instanceof Int32Array ? 'int32' : 'float32' };
}

/** Little endian, as the machines that browsers run on. */
function joined(constants: readonly GraphConstant[]): Uint8Array<ArrayBuffer> {
  const sizeBytes = constants.reduce((sum, { values }) => sum + values.byteLength, 0);
  const all = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const { values } of constants) {
    all.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return all;
}
