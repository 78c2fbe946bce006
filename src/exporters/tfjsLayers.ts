import type { Layer, Network, WeightTensor } from '../network/network.ts';
import { textFile, type ExportedFile } from './exportedFile.ts';
import { kerasLayer, type KerasLayer } from './kerasConfig.ts';
import { expressibleLayers } from './expressibleLayers.ts';
import { uniqueLayerNames } from './uniqueLayerNames.ts';

interface NamedTensor {
  readonly name: string;
  readonly tensor: WeightTensor;
}

/**
 * `model.json` and `weights.bin` of a network in TF.js layers format, with float32 weights.
 * Keeps to what TF.js 1.3.1 reads, and with it every later version.
 */
export function tfjsLayersFiles(network: Network): ExportedFile[] {
  const layers = expressibleLayers(network).layers;
  const names = uniqueLayerNames(layers);
  const described = layers.map((layer, position) => ({
    layer,
    keras: kerasLayer(layer),
    name: names[position] ?? '',
  }));
  const tensors = described.flatMap(({ layer, keras, name }) => namedTensors(layer, keras, name));
  const inputs = described.filter(({ layer }) => layer.kind === 'input').map(({ name }) => name);
  const config = {
    name: 'classifier',
    layers: described.map(({ layer, keras, name }) => ({
      name,
      class_name: keras.className,
      config: { name, trainable: true, ...keras.config },
      inbound_nodes: inboundNodes(layer.inputs.map((position) => names[position] ?? '')),
    })),
    input_layers: inputs.map((name) => [name, 0, 0]),
    output_layers: [[names.at(-1), 0, 0]],
  };
  const model = {
    format: 'layers-model',
    generatedBy: 'graft',
    convertedBy: null,
    modelTopology: {
      keras_version: '2.1.6',
      backend: 'tensorflow',
      model_config: { class_name: 'Model', config },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: tensors.map(manifestEntry) }],
  };
  return [
    textFile('model.json', JSON.stringify(model)),
    { path: 'weights.bin', bytes: joined(tensors) },
  ];
}

function inboundNodes(inputNames: readonly string[]): unknown[] {
  return inputNames.length === 0 ? [] : [inputNames.map((name) => [name, 0, 0, {}])];
}

function namedTensors(layer: Layer, { tensorNames }: KerasLayer, name: string): NamedTensor[] {
  return tensorNames.flatMap(([role, tensorName]) => {
    const tensor = layer.tensors[role];
    return tensor === undefined ? [] : [{ name: `${name}/${tensorName}`, tensor }];
  });
}

function manifestEntry({ name, tensor }: NamedTensor) {
  return { name, shape: tensor.shape, dtype: 'float32' };
}

/** The tensors' bytes end to end; TF.js files are little-endian, as are the machines that browsers run on. */
function joined(tensors: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  const numValues = tensors.reduce((sum, { tensor }) => sum + tensor.values.length, 0);
  const all = new Float32Array(numValues);
  let position = 0;
  for (const { tensor } of tensors) {
    all.set(tensor.values, position);
    position += tensor.values.length;
  }
  return new Uint8Array(all.buffer);
}
