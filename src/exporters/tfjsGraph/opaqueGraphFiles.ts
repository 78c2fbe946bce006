import type { CutPooling } from '../../domain/cut.ts';
import { GraftError } from '../../domain/errors.ts';
import { activationSizeOf, type HeadWeights } from '../../domain/head.ts';
import type { PreprocessingSpec } from '../../domain/preprocessing.ts';
import { classifierNetwork } from '../../network/compose.ts';
import { readGraph, statedBatch } from '../../network/graphModel/graphNodes.ts';
import { asList, asRecord, asText, parseJson, type JsonRecord } from '../../network/jsonChecks.ts';
import type { Network } from '../../network/network.ts';
import type { OpaqueGraph } from '../../network/opaqueGraph.ts';
import { readTfjsWeights } from '../../network/tfjsWeights.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { withPixelInput } from '../pixelInput.ts';
import { addNetwork } from './addNetwork.ts';
import { constantNode, graphModelFiles, inputNode } from './graphModelFiles.ts';
import { TfjsGraphWriter, type GraphConstant } from './graphWriter.ts';

export interface GraphClassifier {
  readonly graph: OpaqueGraph;
  /** Name of the node where the graph is cut. */
  readonly cutNode: string;
  readonly pooling: CutPooling;
  readonly head: HeadWeights;
  readonly preprocessing: PreprocessingSpec;
}

/**
 * `model.json` and `weights.bin` of a TF.js graph model: the graph up to the cut, as it was, behind the
 * base's pixel range and before pooling and head. It takes 8-bit RGB as it is. Errors: base-invalid.
 */
export function opaqueGraphFiles(classifier: GraphClassifier): ExportedFile[] {
  const { graph, cutNode } = classifier;
  const model = parseJson(graph.modelJson, 'model.json');
  const topology = asRecord(model['modelTopology'], 'modelTopology');
  const outputs = { cut: { name: cutNode } };
  const needed = readGraph({ ...model, signature: { outputs } }).nodes;
  const own = asList(topology['node'], 'node of modelTopology')
    .map((node) => asRecord(node, 'A node'))
    .filter((node) => needed.has(nameOf(node)) && node['op'] !== 'Placeholder')
    .map(withoutControlInputs);
  const ownInput = [...needed.values()].find(({ op }) => op === 'Placeholder');
  const prefix = freePrefix([...needed.keys()]);

  const before = new TfjsGraphWriter(`${prefix}/pixels_`);
  const { inputHeight, inputWidth } = classifier.preprocessing;
  const input = {
    name: `${prefix}/image`,
    shape: [inputHeight, inputWidth, 3],
    batchSize: ownInput === undefined ? -1 : statedBatch(ownInput),
  };
  const pixels = addNetwork(before, pixelNetwork(classifier.preprocessing), input);
  before.addNamed(ownInput?.name ?? '', 'Identity', [pixels.name]);

  const behind = new TfjsGraphWriter(`${prefix}/`);
  const head = headNetwork(classifier);
  const last = addNetwork(behind, head, { name: cutNode, shape: shapeOfInput(head) });
  const output = { ...last, name: `${prefix}/probabilities` };
  behind.addNamed(output.name, 'Identity', [last.name]);

  const added = [...before.content.constants, ...behind.content.constants];
  return graphModelFiles({
    nodes: [
      inputNode(input),
      ...added.map(constantNode),
      ...before.content.nodes,
      ...own,
      ...behind.content.nodes,
    ],
    constants: [...ownConstants(own, model, graph), ...added],
    input,
    output,
    topology,
  });
}

/** From 8-bit RGB to the base's own range and channels. */
function pixelNetwork(preprocessing: PreprocessingSpec): Network {
  const { inputHeight, inputWidth } = preprocessing;
  return withPixelInput(inputOf([inputHeight, inputWidth, 3]), preprocessing);
}

/** Pooling and head behind an input that is the cut. Of height and width nothing here depends on the size. */
function headNetwork({ pooling, head }: GraphClassifier): Network {
  const size = activationSizeOf(head);
  const channels = pooling === 'average-and-spread' ? size / 2 : size;
  const network = inputOf(pooling === 'none' ? [size] : [1, 1, channels]);
  return classifierNetwork({ network, cut: { positions: [0], pooling }, head });
}

function inputOf(shape: readonly number[]): Network {
  return { layers: [{ kind: 'input', shape, name: 'input', inputs: [], tensors: {} }] };
}

function shapeOfInput({ layers: [input] }: Network): number[] {
  return input?.kind === 'input' ? input.shape.map((size) => size ?? 1) : [];
}

function nameOf(node: JsonRecord): string {
  return asText(node['name'], 'The name of a node');
}

/** Those only order execution, and what they name may be behind the cut. */
function withoutControlInputs(node: JsonRecord): JsonRecord {
  const inputs = asList(node['input'] ?? [], 'The inputs of a node');
  return { ...node, input: inputs.filter((input) => !String(input).startsWith('^')) };
}

/** The graph's own constants, in full precision whatever they were packed in. */
function ownConstants(
  nodes: readonly JsonRecord[],
  model: JsonRecord,
  { weights }: OpaqueGraph,
): GraphConstant[] {
  const tensors = readTfjsWeights(model, weights);
  return nodes
    .filter(({ op }) => op === 'Const')
    .map((node) => {
      const name = nameOf(node);
      const tensor = tensors.get(name);
      if (tensor === undefined) {
        const message = `The node ${name} has no values in the weights`;
        throw new GraftError('base-invalid', message, { tensor: name });
      }
      return { name, dtype: dtypeOf(node), tensor };
    });
}

function dtypeOf(node: JsonRecord): GraphConstant['dtype'] {
  const dtype = asRecord(asRecord(node['attr'] ?? {}, 'attr of a node')['dtype'] ?? {}, 'dtype');
  switch (dtype['type']) {
    case 'DT_FLOAT':
      return 'float32';
    case 'DT_BOOL':
      return 'bool';
    default:
      return 'int32';
  }
}

function freePrefix(names: readonly string[]): string {
  let prefix = 'classifier';
  while (names.some((name) => name.startsWith(`${prefix}/`))) prefix += '_';
  return prefix;
}
