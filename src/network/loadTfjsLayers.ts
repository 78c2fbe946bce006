import { GraftError } from '../domain/errors.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { canonicalNetwork } from './canonicalNetwork.ts';
import { inferShapes } from './inferShapes.ts';
import { asRecord, parseJson } from './jsonChecks.ts';
import { flattenTopology, type FlatLayer } from './kerasGraph.ts';
import type { Layer, Network, TensorRole, WeightTensor } from './network.ts';
import { readTfjsWeights, weightPaths } from './tfjsWeights.ts';

export interface TfjsLayersFiles<Weights = ArrayBuffer> {
  /** Text of `model.json`. */
  readonly modelJson: string;
  /** The weight files of the manifest, end to end: in memory, or read when values are asked for. */
  readonly weights: Weights;
}

/**
 * Reads a model in TF.js layers format, as Keras' converter and TF.js itself write it.
 * Trusts nothing in the files. Errors: base-invalid, unsupported-layer, with the layer or tensor named;
 * values that are not numbers are found when they are first read.
 */
export function loadTfjsLayers({
  modelJson,
  weights,
}: TfjsLayersFiles<ArrayBuffer | ByteSource>): Network {
  const model = parseJson(modelJson, 'model.json');
  if (model['format'] === 'graph-model') {
    throw new GraftError('base-invalid', 'This is a graph model; a layers model is needed');
  }
  const flatLayers = flattenTopology(asRecord(model['modelTopology'], 'modelTopology'));
  const source =
    'read' in weights ? weights : bytesInMemory('the weights', new Uint8Array(weights));
  const tensors = readTfjsWeights(model, source);
  const layers = flatLayers.map((layer) => attachTensors(layer, tensors));
  const network = canonicalNetwork(layers, layers.length - 1);
  // Finds every tensor that does not fit its layer's input.
  inferShapes(network);
  return network;
}

/** Paths of the weight files beside `model.json`, in the order in which they are joined. */
export function weightPathsOf(modelJson: string): string[] {
  return weightPaths(parseJson(modelJson, 'model.json'));
}

function attachTensors(flat: FlatLayer, all: ReadonlyMap<string, WeightTensor>): Layer {
  const tensors: Partial<Record<TensorRole, WeightTensor>> = {};
  for (const [role, tensorName] of Object.entries(flat.tensorNames) as [TensorRole, string][]) {
    const tensor = findTensor(all, flat.name, tensorName);
    checkShape(flat, role, tensor);
    tensors[role] = tensor;
  }
  return { ...flat.settings, name: flat.name, inputs: flat.inputs, tensors };
}

/** By `layer/tensor`; some converters put the model's or the layer's name in between or in front. */
function findTensor(
  all: ReadonlyMap<string, WeightTensor>,
  layer: string,
  tensorName: string,
): WeightTensor {
  const exact = all.get(`${layer}/${tensorName}`);
  if (exact !== undefined) return exact;
  const similar = [...all.keys()].filter(
    (name) =>
      name.endsWith(`/${layer}/${tensorName}`) ||
      (name.startsWith(`${layer}/`) && name.endsWith(`/${tensorName}`)),
  );
  const found = similar.length === 1 ? all.get(similar[0] ?? '') : undefined;
  if (found !== undefined) return found;
  const message = `The layer ${layer} has no tensor ${tensorName} in the weights`;
  throw new GraftError('base-invalid', message, { layer, tensor: tensorName });
}

function checkShape(
  { name, tensorShapes }: FlatLayer,
  role: TensorRole,
  tensor: WeightTensor,
): void {
  const stated = tensorShapes[role];
  if (stated === undefined) return;
  const fits =
    stated.length === tensor.shape.length &&
    stated.every((size, i) => size === null || size === tensor.shape[i]);
  if (fits) return;
  const expected = stated.map((size) => size ?? '?').join(' × ');
  const found = tensor.shape.join(' × ');
  const message = `The ${role} of layer ${name} is ${found}, but its settings say ${expected}`;
  throw new GraftError('base-invalid', message, { layer: name, expected, found });
}
