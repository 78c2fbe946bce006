import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { File as H5File, ready } from 'h5wasm';
import { kerasLayer } from '../src/exporters/kerasConfig.ts';
import { vgg } from '../src/network/architectures/vgg.ts';
import { attachTensors } from '../src/network/attachTensors.ts';
import type { EmscriptenFs } from '../src/network/hdf5/sourceFileSystem.ts';
import type { Layer } from '../src/network/network.ts';

export interface Vgg16FileOptions {
  /** A whole model, as Keras 2 writes it; otherwise weights alone as keras-applications publishes them. */
  readonly hasTopology: boolean;
  readonly hasTop: boolean;
}

const FOLDER = '/vgg';
const NAME = 'file';

/**
 * Writes a VGG16 in Keras' `.h5` with the true shapes (553 MB, 59 MB without the top) and random weights
 * that keep activations of ordinary size. For tests of large files, since the real one may not be had.
 */
export async function writeVgg16(
  path: string,
  { hasTopology, hasTop }: Vgg16FileOptions,
): Promise<void> {
  const layers = vgg16Layers(hasTop);
  const { FS } = await ready;
  const unmount = mountForWriting(FS as unknown as EmscriptenFs, path);
  const file = new H5File(`${FOLDER}/${NAME}`, 'w');
  if (hasTopology) file.create_attribute('model_config', JSON.stringify(topologyOf(layers)));
  const root = hasTopology ? file.create_group('model_weights') : file;
  root.create_attribute(
    'layer_names',
    layers.map(({ name }) => name),
  );
  for (const layer of layers) addLayer(root, layer, hasTopology);
  file.close();
  unmount();
}

/** The value at a place in a tensor of the file: even between -1 and 1, before it is scaled. */
export function weightAt(index: number): number {
  const mixed = Math.imul(index ^ (index >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) >>> 8) / 2 ** 23 - 1;
}

/** What keeps the spread of the activations through a layer with ReLU (He et al., 2015). */
export function weightScale(shape: readonly number[]): number {
  const numInputs = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return Math.sqrt(6 / numInputs);
}

function vgg16Layers(hasTop: boolean): readonly Layer[] {
  const numClasses = hasTop ? 1000 : null;
  const { layers } = vgg({ origin: 'keras', depth: 16, numClasses, hasBatchNorm: false });
  const values = new Float32Array();
  const network = attachTensors(layers, (_, { shape }) => ({
    shape: shape.map((size) => size ?? 0),
    values,
  }));
  return network.layers;
}

function topologyOf(layers: readonly Layer[]) {
  const entries = layers.map((layer) => {
    const { className, config } = kerasLayer(layer);
    const inputs = layer.inputs.map((input) => [layers[input]?.name, 0, 0, {}]);
    return {
      class_name: className,
      name: layer.name,
      config: { name: layer.name, ...config },
      inbound_nodes: inputs.length > 0 ? [inputs] : [],
    };
  });
  const end = (layer: Layer | undefined) => [[layer?.name, 0, 0]];
  const config = {
    name: 'vgg16',
    layers: entries,
    input_layers: end(layers[0]),
    output_layers: end(layers.at(-1)),
  };
  return { class_name: 'Functional', config };
}

function addLayer(root: ReturnType<H5File['create_group']>, layer: Layer, isKeras2: boolean): void {
  const { name, tensors } = layer;
  const { kernel, bias } = tensors;
  const group = root.create_group(name);
  if (kernel === undefined || bias === undefined) {
    group.create_attribute('weight_names', new Float64Array());
    return;
  }
  const names = isKeras2
    ? [`${name}/kernel:0`, `${name}/bias:0`]
    : [`${name}_W_1:0`, `${name}_b_1:0`];
  group.create_attribute('weight_names', names);
  if (isKeras2) group.create_group(name);
  const shape = [...kernel.shape];
  const scale = weightScale(shape);
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < data.length; i++) data[i] = weightAt(i) * scale;
  group.create_dataset({ name: names[0] ?? '', data, shape });
  const zeros = new Float32Array(bias.shape[0] ?? 0);
  group.create_dataset({ name: names[1] ?? '', data: zeros, shape: [...bias.shape] });
}

type FsNode = ReturnType<EmscriptenFs['createNode']>;

/** Lets C code write to a file of the disk, which never lies in memory. Gives what ends that. */
function mountForWriting(fs: EmscriptenFs, path: string): () => void {
  const descriptor = openSync(path, 'w+');
  let size = 0;
  const time = new Date(0);
  const stat = { dev: 1, nlink: 1, uid: 0, gid: 0, rdev: 0, blksize: 4096, blocks: 1 };
  const times = { atime: time, mtime: time, ctime: time };
  const getattr = ({ id, mode }: FsNode) => ({ ...stat, ...times, ino: id, mode, size });
  const setattr = (_: FsNode, { size: newSize }: { size?: number }) => {
    if (newSize === undefined) return;
    ftruncateSync(descriptor, newSize);
    size = newSize;
  };
  const read = (_: object, heap: Int8Array, at: number, length: number, position: number) =>
    readSync(descriptor, heap, at, length, position);
  const write = (_: object, heap: Int8Array, at: number, length: number, position: number) => {
    size = Math.max(size, position + length);
    return writeSync(descriptor, heap, at, length, position);
  };
  const llseek = (_: object, offset: number) => offset;
  const lookup = () => {
    throw new fs.ErrnoError(44);
  };
  const mount = () => {
    const root = fs.createNode(null, '/', 0o40777, 0);
    root.node_ops = { getattr, lookup };
    root.stream_ops = {};
    const node = fs.createNode(root, NAME, 0o100666, 0);
    node.node_ops = { getattr, setattr };
    node.stream_ops = { read, write, llseek };
    return root;
  };
  fs.mkdir(FOLDER);
  fs.mount({ mount }, {}, FOLDER);
  return () => {
    fs.unmount(FOLDER);
    fs.rmdir(FOLDER);
    closeSync(descriptor);
  };
}
