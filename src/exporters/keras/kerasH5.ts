import type { Network } from '../../network/network.ts';
import { writeHdf5, type Hdf5Writer } from '../../network/hdf5/writeHdf5.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { kerasModel, type KerasModel, type NamedLayer } from './kerasModel.ts';
import { expectedBytes } from './expectedBytes.ts';

/** The version whose words the file keeps to; Keras 3 reads them too. */
const KERAS_VERSION = '2.10.0';
/** A list of texts lies in an object header, which holds 64 KB: 16 bytes a text. */
const MAX_TEXTS = 4000;

/**
 * `model.h5`: a whole model as Keras 2 writes it and Keras 3 reads it, with its config in an attribute
 * and a group of weights for each layer. Errors: unsupported-layer, out-of-memory.
 */
export async function kerasH5File(network: Network): Promise<ExportedFile> {
  const model = kerasModel(network);
  const bytes = await writeHdf5(expectedBytes(model), (writer) => {
    writer.text('/', 'model_config', JSON.stringify(legacyConfig(model)));
    addVersion(writer, '/');
    writer.group(WEIGHTS);
    addVersion(writer, WEIGHTS);
    addTexts(
      writer,
      WEIGHTS,
      'layer_names',
      model.layers.map(({ name }) => name),
    );
    for (const layer of model.layers) addLayer(writer, layer);
  });
  return { path: 'model.h5', bytes };
}

const WEIGHTS = '/model_weights';

function addVersion(writer: Hdf5Writer, path: string): void {
  writer.text(path, 'keras_version', KERAS_VERSION);
  writer.text(path, 'backend', 'tensorflow');
}

function addLayer(writer: Hdf5Writer, { name, tensors }: NamedLayer): void {
  const group = `${WEIGHTS}/${name}`;
  writer.group(group);
  addTexts(
    writer,
    group,
    'weight_names',
    tensors.map((each) => `${name}/${each.name}:0`),
  );
  if (tensors.length > 0) writer.group(`${group}/${name}`);
  for (const each of tensors) writer.tensor(`${group}/${name}/${each.name}:0`, each.tensor);
}

/** As Keras does it, in numbered parts where it is too long for one. */
function addTexts(
  writer: Hdf5Writer,
  path: string,
  attribute: string,
  texts: readonly string[],
): void {
  if (texts.length <= MAX_TEXTS) {
    writer.texts(path, attribute, texts);
    return;
  }
  for (let start = 0, part = 0; start < texts.length; start += MAX_TEXTS, part++) {
    writer.texts(path, `${attribute}${part}`, texts.slice(start, start + MAX_TEXTS));
  }
}

function legacyConfig({ layers, inputName, outputName }: KerasModel) {
  const config = {
    name: 'classifier',
    trainable: true,
    layers: layers.map(({ name, className, config: settings, inputs }) => ({
      name,
      class_name: className,
      config: settings,
      inbound_nodes: inputs.length > 0 ? [inputs.map((input) => [input.name, 0, 0, {}])] : [],
    })),
    input_layers: [[inputName, 0, 0]],
    output_layers: [[outputName, 0, 0]],
  };
  return { class_name: 'Functional', config };
}
