import { GraftError } from '../domain/errors.ts';
import { asCount, asList, asRecord, asText, type JsonRecord } from './jsonChecks.ts';
import { describeLayer, readBatchInputShape, type LayerDescription } from './kerasLayers.ts';

/** Where the file keeps a layer. */
export interface FileLayer {
  readonly name: string;
  readonly className: string;
  /** Names of the models around it, outermost first; empty for a layer of the file's own model. */
  readonly models: readonly string[];
}

/** A layer of the flattened graph, its weights not yet attached (`attachTensors` does that). */
export interface FlatLayer extends LayerDescription {
  readonly name: string;
  readonly inputs: readonly number[];
  /** The file's layer that it was made from; a separable convolution becomes two with the same one. */
  readonly source: FileLayer;
}

/** Which Keras wrote the topology: `hard_sigmoid` means something else in each. */
export type KerasVersion = 2 | 3;

/** Far above any network that fits a browser; a model that calls its parts without end stops here. */
const MAX_LAYERS = 4096;

/** Where a layer's input comes from; asked only when needed, so that layers come out in canonical order. */
type Feed = () => number;

interface LayerEntry {
  readonly className: string;
  readonly name: string;
  readonly config: unknown;
  /** [call][input] = [layer name, call index, tensor index, …] */
  readonly inboundNodes: readonly unknown[];
}

/**
 * Layers of a Keras or TF.js topology (Sequential or functional, models within models flattened),
 * every layer after its inputs and the output last. Errors: base-invalid, unsupported-layer.
 */
export function flattenTopology(topology: JsonRecord): readonly FlatLayer[] {
  const root = asRecord(topology['model_config'] ?? topology, 'modelTopology');
  const flattener = new Flattener();
  flattener.addModel(asText(root['class_name'], 'class_name of the model'), root['config'], null);
  return flattener.layers;
}

function isModel(className: string): boolean {
  return className === 'Sequential' || className === 'Model' || className === 'Functional';
}

function invalid(message: string, layer: string): never {
  throw new GraftError('base-invalid', message, { layer });
}

class Flattener {
  readonly layers: FlatLayer[] = [];
  /** Names of the models that are being added, without the outermost. */
  private models: readonly string[] = [];

  /** Adds a model's layers and gives the position of its output. `feed` is `null` for the outermost. */
  addModel(className: string, config: unknown, feed: Feed | null): number {
    if (className === 'Sequential') return this.addSequential(config, feed);
    if (isModel(className)) return this.addFunctional(config, feed);
    throw new GraftError('base-invalid', `A ${className} is not a layers model`, { className });
  }

  private addSequential(config: unknown, feed: Feed | null): number {
    // TF.js before 1.5 writes the bare list, later versions and Keras an object around it.
    const list = Array.isArray(config) ? config : asRecord(config, 'A Sequential config')['layers'];
    let current = feed;
    for (const entry of asList(list, 'The layers of a Sequential').map(readEntry)) {
      const position = this.addNext(entry, current);
      current = () => position;
    }
    return current === null ? invalid('A Sequential has no layers', 'Sequential') : current();
  }

  private addNext(entry: LayerEntry, feed: Feed | null): number {
    if (entry.className === 'InputLayer') return feed === null ? this.addLayer(entry, []) : feed();
    if (feed !== null) return this.addCall(entry, [feed]);
    if (isModel(entry.className)) return this.addInner(entry, null);
    // Without an input layer, the first layer states the input's shape.
    const config = asRecord(entry.config, `The config of ${entry.name}`);
    const shape = readBatchInputShape(config, entry.name);
    const settings = { kind: 'input', shape } as const;
    const name = `${entry.name}_input`;
    const source = { name, className: 'InputLayer', models: this.models };
    const position = this.push({ name, inputs: [], settings, variables: [], source });
    return this.addCall(entry, [() => position]);
  }

  private addFunctional(modelConfig: unknown, feed: Feed | null): number {
    const config = asRecord(modelConfig, 'A model config');
    const entries = new Map(
      asList(config['layers'], 'The layers of a model').map((value) => {
        const entry = readEntry(value);
        return [entry.name, entry];
      }),
    );
    const [inputName] = readOnlyEnd(config['input_layers'], 'input');
    const [outputName, outputCall] = readOnlyEnd(config['output_layers'], 'output');
    const positions = new Map<string, number | 'in-progress'>();

    const visit = (name: string, call: number): number => {
      const key = `${String(call)} ${name}`;
      const known = positions.get(key);
      if (known === 'in-progress') return invalid(`The layer ${name} depends on itself`, name);
      if (known !== undefined) return known;
      positions.set(key, 'in-progress');
      const entry = entries.get(name);
      if (entry === undefined) return invalid(`The layer ${name} is missing`, name);
      const position = addEntry(entry, call);
      positions.set(key, position);
      return position;
    };
    const addEntry = (entry: LayerEntry, call: number): number => {
      if (entry.className === 'InputLayer') {
        if (entry.name !== inputName)
          invalid(`The layer ${entry.name} is a second input`, entry.name);
        return feed === null ? this.addLayer(entry, []) : feed();
      }
      const inputs = readInputs(entry, call);
      return this.addCall(
        entry,
        inputs.map(
          ([from, fromCall]) =>
            () =>
              visit(from, fromCall),
        ),
      );
    };
    return visit(outputName, outputCall);
  }

  private addCall(entry: LayerEntry, feeds: readonly Feed[]): number {
    if (!isModel(entry.className)) return this.addLayer(entry, feeds);
    const [feed, ...more] = feeds;
    if (feed === undefined || more.length > 0) {
      return invalid(`The model ${entry.name} does not have exactly one input`, entry.name);
    }
    return this.addInner(entry, feed);
  }

  private addInner({ className, name, config }: LayerEntry, feed: Feed | null): number {
    // The model's input is asked for from within, yet belongs to the model around it.
    const outer = this.models;
    const inner = [...outer, name];
    const feedFromOuter = () => {
      this.models = outer;
      const position = feed?.() ?? 0;
      this.models = inner;
      return position;
    };
    this.models = inner;
    const position = this.addModel(className, config, feed && feedFromOuter);
    this.models = outer;
    return position;
  }

  private addLayer({ className, name, config }: LayerEntry, feeds: readonly Feed[]): number {
    const description = describeLayer(className, name, asRecord(config, `The config of ${name}`));
    const source = { name, className, models: this.models };
    return this.push({ name, inputs: feeds.map((feed) => feed()), source, ...description });
  }

  private push(layer: FlatLayer): number {
    if (this.layers.length >= MAX_LAYERS) invalid('The model has too many layers', layer.name);
    return this.layers.push(layer) - 1;
  }
}

function readEntry(value: unknown): LayerEntry {
  const entry = asRecord(value, 'A layer');
  const className = asText(entry['class_name'], 'class_name of a layer');
  // A Sequential inside a TF.js model may have a bare list as its config, and then no name.
  const config = entry['config'];
  const inner = Array.isArray(config) ? {} : asRecord(config, `The config of a ${className}`);
  const name = asText(entry['name'] ?? inner['name'] ?? className, `The name of a ${className}`);
  const inboundNodes = asList(entry['inbound_nodes'] ?? [], `inbound_nodes of ${name}`);
  return { className, name, config, inboundNodes };
}

/** [layer name, call index] of a model's single input or output. */
function readOnlyEnd(value: unknown, end: 'input' | 'output'): [string, number] {
  const ends = asList(value, `${end}_layers`);
  if (ends.length !== 1) {
    throw new GraftError(
      'base-invalid',
      `The model has ${String(ends.length)} ${end}s instead of one`,
    );
  }
  return readTensorReference(ends[0], `${end}_layers`);
}

function readInputs(entry: LayerEntry, call: number): [string, number][] {
  // A layer called once has one node, though Keras counts a nested model's calls from 1.
  const node = entry.inboundNodes.length === 1 ? entry.inboundNodes[0] : entry.inboundNodes[call];
  const where = `inbound_nodes of ${entry.name}`;
  const inputs = asList(node, where).map((reference) => readTensorReference(reference, where));
  return inputs.length > 0 ? inputs : invalid(`The layer ${entry.name} has no input`, entry.name);
}

function readTensorReference(value: unknown, where: string): [string, number] {
  const [name, call, tensor] = asList(value, where);
  if (tensor !== 0)
    throw new GraftError('base-invalid', `${where} names a second output`, { where });
  return [asText(name, where), asCount(call, where)];
}
