import { TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { Network } from '../../network/network.ts';
import { snakeCase } from '../../network/hdf5/numberedWeights.ts';
import { writeHdf5 } from '../../network/hdf5/writeHdf5.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { expectedBytes } from './expectedBytes.ts';
import { kerasModel, type KerasModel, type LayerOutput } from './kerasModel.ts';

/** The first version of Keras that writes this layout. */
const KERAS_VERSION = '3.0.0';

/**
 * `model.keras`: a zip, uncompressed as Keras leaves it, of the config and of the weights, which are
 * numbered class by class in the order of the layers (`saving_lib.py` of Keras 3).
 * Errors: unsupported-layer, out-of-memory.
 */
export async function kerasFile(network: Network): Promise<ExportedFile> {
  const model = kerasModel(network);
  const metadata = { keras_version: KERAS_VERSION, date_saved: '1980-01-01@00:00:00' };
  const config = JSON.stringify(modelConfig(model));
  const weights = await weightsOf(model);
  const sink = byteSink(weights.length + config.length * 2 + ZIP_BYTES);
  const zip = new ZipWriter(sink.stream, { useWebWorkers: false });
  // Always the same bytes for the same network: no clock.
  const options = { level: 0, lastModDate: new Date(1980, 0, 1), extendedTimestamp: false };
  await zip.add('metadata.json', new TextReader(JSON.stringify(metadata)), options);
  await zip.add('config.json', new TextReader(config), options);
  await zip.add('model.weights.h5', new Uint8ArrayReader(weights), options);
  await zip.close();
  return { path: 'model.keras', bytes: sink.bytes() };
}

/** More than the zip itself needs: names, sizes, dates. */
const ZIP_BYTES = 4096;

/** Takes at most `maxBytes` without ever copying what it has, as the zip library's own would. */
function byteSink(maxBytes: number) {
  const room = new Uint8Array(maxBytes);
  let size = 0;
  const stream = new WritableStream<Uint8Array>({
    write: (chunk) => {
      room.set(chunk, size);
      size += chunk.length;
    },
  });
  return { stream, bytes: () => room.subarray(0, size) };
}

function weightsOf(model: KerasModel): Promise<Uint8Array<ArrayBuffer>> {
  return writeHdf5(expectedBytes(model), (writer) => {
    writer.group('/layers');
    const counts = new Map<string, number>();
    for (const { className, name, tensors } of model.layers) {
      const kind = snakeCase(className);
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      const group = `/layers/${count === 0 ? kind : `${kind}_${count}`}`;
      writer.group(group);
      writer.group(`${group}/vars`);
      writer.text(`${group}/vars`, 'name', name);
      for (const [i, { tensor }] of tensors.entries()) writer.tensor(`${group}/vars/${i}`, tensor);
    }
  });
}

function modelConfig({ layers, inputName, outputName }: KerasModel) {
  const config = {
    name: 'classifier',
    trainable: true,
    layers: layers.map(({ name, className, config: settings, inputs }) => ({
      module: 'keras.layers',
      class_name: className,
      config: inKeras3(settings),
      registered_name: null,
      name,
      inbound_nodes: inputs.length > 0 ? [{ args: [operandsOf(inputs)], kwargs: {} }] : [],
    })),
    input_layers: [[inputName, 0, 0]],
    output_layers: [[outputName, 0, 0]],
  };
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config,
    registered_name: 'Functional',
    compile_config: null,
  };
}

/** What has another name than in Keras 2. */
function inKeras3({ batch_input_shape: batchShape, ...settings }: Record<string, unknown>) {
  return batchShape === undefined ? settings : { batch_shape: batchShape, ...settings };
}

function operandsOf(inputs: readonly LayerOutput[]) {
  const tensors = inputs.map(({ name, shape }) => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, ...shape], dtype: 'float32', keras_history: [name, 0, 0] },
  }));
  return tensors.length === 1 ? tensors[0] : tensors;
}
