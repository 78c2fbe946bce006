import { GraftError } from '../domain/errors.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { attachTensors } from './attachTensors.ts';
import { asRecord, parseJson } from './jsonChecks.ts';
import { flattenTopology, type FlatLayer } from './kerasGraph.ts';
import type { LayerVariable } from './kerasLayers/layerSource.ts';
import type { Network, WeightTensor } from './network.ts';
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
  return attachTensors(flatLayers, (flat, variable) => findTensor(tensors, flat, variable));
}

/** Paths of the weight files beside `model.json`, in the order in which they are joined. */
export function weightPathsOf(modelJson: string): string[] {
  return weightPaths(parseJson(modelJson, 'model.json'));
}

function findTensor(
  all: ReadonlyMap<string, WeightTensor>,
  { source }: FlatLayer,
  { name }: LayerVariable,
): WeightTensor | null {
  // Keras 3 has renamed the kernel; the converter keeps or changes it by its own version.
  const isDepthwise = source.className === 'DepthwiseConv2D' && name.endsWith('kernel');
  const names = isDepthwise ? ['depthwise_kernel', 'kernel'] : [name];
  for (const each of names) {
    const found = findNamed(all, source.name, each);
    if (found !== null) return found;
  }
  return null;
}

/** By `layer/tensor`; some converters put the model's or the layer's name in between or in front. */
function findNamed(
  all: ReadonlyMap<string, WeightTensor>,
  layer: string,
  name: string,
): WeightTensor | null {
  const exact = all.get(`${layer}/${name}`);
  if (exact !== undefined) return exact;
  const similar = [...all.keys()].filter(
    (key) =>
      key.endsWith(`/${layer}/${name}`) ||
      (key.startsWith(`${layer}/`) && key.endsWith(`/${name}`)),
  );
  return similar.length === 1 ? (all.get(similar[0] ?? '') ?? null) : null;
}
