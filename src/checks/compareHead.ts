import { activationSizeOf, type HeadWeights } from '../domain/head.ts';
import { isOpaque } from '../engine/baseBody.ts';
import { openBase } from '../engine/openBase.ts';
import { bytesInMemory, type ByteSource } from '../network/byteSource.ts';
import { readHeader, type SafetensorsHeader } from '../network/safetensors/header.ts';
import { tensorAt } from '../network/safetensors/tensorValues.ts';
import { getStoredBase } from '../storage/bases.ts';
import { compareModelCard } from './compareModelCard.ts';
import { dataFile, dataJson, type DataUnderCheck } from './dataUnderCheck.ts';

interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
}

interface Architecture {
  readonly base: { readonly graphHash: string };
  readonly cut: {
    readonly layers: readonly { readonly position: number; readonly name: string }[];
    readonly pooling: string;
    readonly activationSize: number;
  };
  readonly head: readonly {
    readonly units: number;
    readonly activation: string;
    readonly tensors: { readonly kernel: TensorEntry; readonly bias: TensorEntry };
  }[];
  readonly tunedLayers: readonly {
    readonly position: number;
    readonly name: string;
    readonly tensors: Readonly<Record<string, TensorEntry>>;
  }[];
  readonly classLabels: readonly { readonly index: number; readonly name: string }[];
}

/**
 * Goes by what `architecture.json` says, as somebody who builds the model again would, reads each tensor
 * from `head.safetensors` with the app's importer, and compares it with the stored one. Errors: Error,
 * base-invalid, those of opening the base.
 */
export async function compareHead(data: DataUnderCheck): Promise<void> {
  const { files, head, comparison } = data;
  const bytes = new Uint8Array(await dataFile(files, 'head.safetensors').arrayBuffer());
  const source = bytesInMemory('head.safetensors', bytes);
  const tensors = new TensorReader(data, source);
  const { base, cut, ...rest } = (await dataJson(files, 'architecture.json')) as Architecture;
  const { classifier, weights } = head;
  const names = await layerNames(data);
  comparison.value('graphHash', base.graphHash, classifier.graphHash);
  comparison.value('pooling', cut.pooling, classifier.cut.pooling);
  comparison.value('activationSize', cut.activationSize, activationSizeOf(weights));
  comparison.json(
    'cut',
    cut.layers.map(({ position, name }) => ({ position, name })),
    classifier.cut.positions.map((position) => ({ position, name: names[position] })),
  );
  comparison.json(
    'classLabels',
    rest.classLabels,
    classifier.labels.map(({ name }, index) => ({ index, name })),
  );
  compareLayers(data, rest.head, weights, tensors);
  compareTuned(data, rest.tunedLayers, names, tensors);
  tensors.requireAllTaken();
  await compareRest(data);
}

function compareLayers(
  { comparison }: DataUnderCheck,
  entries: Architecture['head'],
  { hidden = [], kernel, bias }: HeadWeights,
  tensors: TensorReader,
): void {
  const layers = [...hidden, { kernel, bias, activation: 'softmax' }];
  comparison.value('head', entries.length, layers.length);
  for (const [i, layer] of layers.entries()) {
    const entry = entries[i];
    if (entry === undefined) continue;
    comparison.value('head', entry.activation, layer.activation);
    comparison.value('head', entry.units, layer.bias.length);
    const inputs = layer.kernel.length / layer.bias.length;
    tensors.compare(entry.tensors.kernel, [inputs, layer.bias.length], layer.kernel);
    tensors.compare(entry.tensors.bias, [layer.bias.length], layer.bias);
  }
}

function compareTuned(
  { head: { tuned = [] }, comparison }: DataUnderCheck,
  entries: Architecture['tunedLayers'],
  names: readonly string[],
  tensors: TensorReader,
): void {
  for (const { position, role, shape, values } of tuned) {
    const entry = entries.find((each) => each.position === position);
    comparison.value('tunedLayers', entry?.name, names[position]);
    const tensor = entry?.tensors[role];
    if (tensor === undefined) comparison.differs(`tunedLayers, ${role}`, Infinity);
    else tensors.compare(tensor, shape, values);
  }
}

/** Names of the base's layers, or of the nodes of a graph that runs as it is, by position. */
async function layerNames({ database, head }: DataUnderCheck): Promise<readonly string[]> {
  const { baseId } = head.classifier;
  const { network } = await openBase(baseId, await getStoredBase(database, baseId));
  return (isOpaque(network) ? network.nodes : network.layers).map(({ name }) => name);
}

async function compareRest(data: DataUnderCheck): Promise<void> {
  const { files, head, comparison } = data;
  const { spec } = (await dataJson(files, 'preprocessing.json')) as { readonly spec: unknown };
  comparison.json('preprocessing.json', spec, head.classifier.preprocessing);
  const lines = (await dataFile(files, 'labels.txt').text()).split('\n').slice(0, -1);
  const labels = head.classifier.labels.map(({ name }, index) => `${index} ${name}`);
  comparison.values(
    'labels.txt',
    lines,
    labels.map((label) => label.replaceAll(/[\r\n]+/g, ' ')),
  );
  await compareModelCard(data);
}

class TensorReader {
  readonly #data: DataUnderCheck;
  readonly #source: ByteSource;
  readonly #header: SafetensorsHeader;
  readonly #taken = new Set<string>();

  constructor(data: DataUnderCheck, source: ByteSource) {
    this.#data = data;
    this.#source = source;
    this.#header = readHeader(source);
  }

  compare(entry: TensorEntry, shape: readonly number[], values: Float32Array): void {
    const { comparison } = this.#data;
    const place = this.#header.tensors.get(entry.name);
    if (place === undefined) throw new Error(`The tensor ${entry.name} is missing`);
    this.#taken.add(entry.name);
    const tensor = tensorAt(this.#source, place);
    comparison.values(entry.name, entry.shape, shape);
    comparison.values(entry.name, tensor.shape, shape);
    comparison.values(entry.name, tensor.values, values);
  }

  requireAllTaken(): void {
    const left = [...this.#header.tensors.keys()].filter((name) => !this.#taken.has(name));
    if (left.length > 0) throw new Error(`Nothing tells what ${left.join(', ')} is`);
  }
}
