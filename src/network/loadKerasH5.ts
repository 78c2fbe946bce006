import { GraftError, type ErrorDetails } from '../domain/errors.ts';
import type { Architecture } from './architectures/architecture.ts';
import { recogniseArchitecture } from './architectures/recogniseArchitecture.ts';
import { recogniseNetwork } from './architectures/recogniseNetwork.ts';
import { attachTensors, type FindTensor } from './attachTensors.ts';
import type { ByteSource } from './byteSource.ts';
import { openHdf5, type Hdf5File } from './hdf5/hdf5File.ts';
import {
  hasLegacyWeights,
  legacyWeights,
  listStoredLayers,
  storedTensor,
} from './hdf5/legacyWeights.ts';
import { hasNumberedWeights, numberedWeights } from './hdf5/numberedWeights.ts';
import { parseJson, type JsonRecord } from './jsonChecks.ts';
import { flattenTopology } from './kerasGraph.ts';
import type { Network } from './network.ts';
import type { OpenedNetwork } from './openedNetwork.ts';

const MODEL_WEIGHTS = '/model_weights';

/**
 * Reads a Keras `.h5`: a whole model, as Keras 2 and 3 write it, or weights alone as keras-applications
 * publishes them, whose graph is recognised by the shapes of the kernels. Tensors are read from the
 * file at each access. Errors: base-invalid, unsupported-layer, with the file and layer or tensor named.
 */
export async function loadKerasH5(source: ByteSource): Promise<OpenedNetwork> {
  const file = await openHdf5(source);
  const config = file.text('/', 'model_config');
  if (config !== null) {
    const version = file.text('/', 'keras_version');
    const topology = parseJson(config, 'model_config');
    return openTopology({ ...topology, ...(version !== null && { keras_version: version }) }, file);
  }
  if (hasLegacyWeights(file, '/')) return openWeightsAlone(file);
  return hasNumberedWeights(file)
    ? refuse(file, 'holds weights alone; the JSON file with the topology is needed beside it')
    : refuse(file, 'is not one of Keras');
}

/**
 * Reads a topology, as `model.to_json()` and the `config.json` of a `.keras` have it, with the `.h5` that
 * holds its weights in any of Keras' layouts. Errors: as `loadKerasH5`.
 */
export async function loadKerasJsonH5(
  topology: JsonRecord,
  weights: ByteSource,
): Promise<OpenedNetwork> {
  return openTopology(topology, await openHdf5(weights));
}

function openTopology(topology: JsonRecord, file: Hdf5File): OpenedNetwork {
  const network = attachTensors(flattenTopology(topology), findIn(file, topology));
  const format = hasNumberedWeights(file) ? 'keras' : 'keras-h5';
  return { ...opened(network, recogniseNetwork(network)), format };
}

function findIn(file: Hdf5File, topology: JsonRecord): FindTensor {
  for (const group of [MODEL_WEIGHTS, '/']) {
    if (file.has(group) && hasLegacyWeights(file, group)) return legacyWeights(file, group);
  }
  if (hasNumberedWeights(file)) return numberedWeights(file, topology);
  return refuse(file, 'holds no weights of Keras');
}

/** The n-th layer with weights of the file is the n-th of the architecture, as when Keras loads it. */
function openWeightsAlone(file: Hdf5File): OpenedNetwork {
  const stored = listStoredLayers(file, '/').map(({ name, paths }) => ({
    name,
    tensors: paths.map((path) => storedTensor(file, name, path)),
  }));
  const shapes = stored.flatMap(({ tensors }) => tensors.map(({ shape }) => shape));
  const architecture = recogniseArchitecture(
    'keras',
    shapes.filter((shape) => shape.length > 1),
  );
  if (architecture === null) {
    refuse(file, 'holds the weights of a network that is not known, without its topology');
  }
  const withWeights = architecture.layers.filter(({ variables }) => variables.length > 0);
  if (withWeights.length !== stored.length) {
    const counts = `${stored.length} layers with weights instead of ${withWeights.length}`;
    refuse(file, `looks like ${architecture.name}, but has ${counts}`);
  }
  const network = attachTensors(architecture.layers, (flat, variable) => {
    const { name, tensors } = stored[withWeights.indexOf(flat)] ?? { name: '', tensors: [] };
    if (tensors.length !== flat.variables.length) {
      const counts = `${tensors.length} tensors instead of ${flat.variables.length}`;
      refuse(file, `has ${counts} for the layer ${name}`, { layer: name });
    }
    return tensors[flat.variables.indexOf(variable)] ?? null;
  });
  return opened(network, architecture);
}

function opened(network: Network, architecture: Architecture | null): OpenedNetwork {
  return {
    network,
    format: 'keras-h5',
    architecture: architecture?.name ?? null,
    pixelRange: architecture?.pixelRange ?? null,
    classNames: null,
  };
}

function refuse({ name }: Hdf5File, problem: string, details: ErrorDetails = {}): never {
  throw new GraftError('base-invalid', `The file ${name} ${problem}`, { file: name, ...details });
}
