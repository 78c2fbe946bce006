import * as h5wasm from 'h5wasm';
import type { FixtureTensor } from '../kerasModelFixture.ts';

/** Makes HDF5 files for tests, in the way Keras' older writer does: a group per layer with its names. */

export interface FixtureStoredLayer {
  readonly name: string;
  readonly tensors: readonly FixtureTensor[];
}

const PATH = '/fixture.h5';

/** Whatever `fill` puts into a new HDF5 file. */
export async function h5Bytes(fill: (file: h5wasm.File) => void): Promise<Uint8Array<ArrayBuffer>> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File(PATH, 'w');
  fill(file);
  file.close();
  const bytes = new Uint8Array(FS.readFile(PATH));
  FS.unlink(PATH);
  return bytes;
}

/** With the text of a topology, a whole model; without it, weights alone. */
export function kerasH5(
  layers: readonly FixtureStoredLayer[],
  modelConfig?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return h5Bytes((file) => {
    if (modelConfig !== undefined) file.create_attribute('model_config', modelConfig);
    const root = modelConfig === undefined ? file : file.create_group('model_weights');
    root.create_attribute(
      'layer_names',
      layers.map(({ name }) => name),
    );
    for (const { name, tensors } of layers) {
      const group = root.create_group(name);
      const weightNames = tensors.map((tensor) => tensor.name);
      // h5py makes a list of numbers of an empty list.
      group.create_attribute(
        'weight_names',
        weightNames.length > 0 ? weightNames : new Float64Array(),
      );
      for (const tensor of tensors) addTensor(group, tensor);
    }
  });
}

function addTensor(group: h5wasm.Group, { name, shape, values }: FixtureTensor): void {
  makeParents(group, name);
  group.create_dataset({ name, data: Float32Array.from(values), shape: [...shape] });
}

function makeParents(group: h5wasm.Group, path: string): void {
  const folders = path.split('/').slice(0, -1);
  folders.reduce((parent, folder) => {
    const path = `${parent}${folder}`;
    if (group.get(path) === null) group.create_group(path);
    return `${path}/`;
  }, '');
}
