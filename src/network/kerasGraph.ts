import { GraftError } from '../domain/errors.ts';
import { asList, asRecord, asText, parseJson, type JsonRecord } from './jsonChecks.ts';
import { describeLayer, inputShape } from './kerasLayers/describeLayer.ts';
import type { KerasVersion, LayerDescription } from './kerasLayers/layerSource.ts';
import {
  isReference,
  readEntry,
  readOnlyEnd,
  readOperands,
  type LayerEntry,
  type Operand,
  type OutputReference,
} from './kerasNodes.ts';

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

/** Far above any network that fits a browser; a model that calls its parts without end stops here. */
const MAX_LAYERS = 4096;
const MAX_MODELS_AROUND = 16;
/** A part that adds no layer could be called by parts that are called, ten times each, without end. */
const MAX_CALLS_OF_MODELS = 10_000;

/**
 * Layers of a Keras or TF.js topology (Sequential or functional, models within models flattened),
 * every layer after its inputs and the output last. Where a file's layer becomes several, the last of
 * them has its name. Errors: base-invalid, unsupported-layer.
 */
export function flattenTopology(topology: JsonRecord): readonly FlatLayer[] {
  const config = topology['model_config'] ?? topology;
  // Early converters copied the text of the `.h5` file's attribute.
  const root =
    typeof config === 'string'
      ? parseJson(config, 'model_config')
      : asRecord(config, 'modelTopology');
  const flattener = new Flattener(kerasVersionOf(topology));
  const className = asText(root['class_name'], 'class_name of the model');
  flattener.addModel({ className, config: root['config'] }, null, []);
  return flattener.layers;
}

/** As the topology says; without a word about it, by the spelling of its input layers. */
function kerasVersionOf(topology: JsonRecord): KerasVersion {
  const stated = topology['keras_version'];
  if (typeof stated === 'string') return stated.startsWith('3') ? 3 : 2;
  return JSON.stringify(topology).includes('"batch_shape":') ? 3 : 2;
}

function isModel(className: string): boolean {
  return className === 'Sequential' || className === 'Model' || className === 'Functional';
}

function invalid(message: string, layer: string): never {
  throw new GraftError('base-invalid', message, { layer });
}

type ModelEntry = Pick<LayerEntry, 'className' | 'config'>;
type Models = FileLayer['models'];

class Flattener {
  readonly layers: FlatLayer[] = [];
  readonly #kerasVersion: KerasVersion;
  #numCallsOfModels = 0;

  constructor(kerasVersion: KerasVersion) {
    this.#kerasVersion = kerasVersion;
  }

  /** Adds a model's layers and gives the position of its output. `input` is `null` for the outermost. */
  addModel({ className, config }: ModelEntry, input: number | null, models: Models): number {
    if (models.length > MAX_MODELS_AROUND) invalid('Models are nested too deep', className);
    this.#numCallsOfModels += 1;
    if (this.#numCallsOfModels > MAX_CALLS_OF_MODELS)
      invalid('Models are called too often', className);
    if (className === 'Sequential') return this.#addSequential(config, input, models);
    if (isModel(className)) return this.#addFunctional(config, input, models);
    throw new GraftError('base-invalid', `A ${className} is not a layers model`, { className });
  }

  #addSequential(config: unknown, input: number | null, models: Models): number {
    // TF.js before 1.5 writes the bare list, later versions and Keras an object around it.
    const model = Array.isArray(config) ? { layers: config } : asRecord(config, 'A Sequential');
    const entries = asList(model['layers'], 'The layers of a Sequential').map(readEntry);
    let position = input;
    for (const entry of entries) {
      if (entry.className === 'InputLayer' && position !== null) continue;
      const given = position ?? this.#addImpliedInput(entry, model, models);
      position =
        given === null ? this.#addFirst(entry, models) : this.#addOne(entry, given, models);
    }
    return position ?? invalid('A Sequential has no layers', 'Sequential');
  }

  /** The input that a Sequential's first layer or the model states, `null` if the layer brings its own. */
  #addImpliedInput(entry: LayerEntry, model: JsonRecord, models: Models): number | null {
    if (entry.className === 'InputLayer' || isModel(entry.className)) return null;
    const config = asRecord(entry.config, `The config of ${entry.name}`);
    const isStated = config['batch_input_shape'] ?? config['batch_shape'];
    const shapes = isStated == null ? { batch_input_shape: model['build_input_shape'] } : config;
    const name = `${entry.name}_input`;
    const settings = { kind: 'input', shape: inputShape(shapes, entry.name) } as const;
    const source = { name, className: 'InputLayer', models };
    return this.#push({ name, inputs: [], settings, variables: [], source });
  }

  #addFirst(entry: LayerEntry, models: Models): number {
    return isModel(entry.className)
      ? this.addModel(entry, null, [...models, entry.name])
      : this.#addLayer(entry, [], [], models);
  }

  #addOne(entry: LayerEntry, input: number, models: Models): number {
    return this.#addCall(entry, [{ layer: '', call: 0 }], [input], models);
  }

  #addFunctional(modelConfig: unknown, input: number | null, models: Models): number {
    const config = asRecord(modelConfig, 'A model config');
    const list = asList(config['layers'], 'The layers of a model').map(readEntry);
    const entries = new Map(list.map((entry) => [entry.name, entry]));
    const onlyInput = readOnlyEnd(config['input_layers'], 'input').layer;
    const output = readOnlyEnd(config['output_layers'], 'output');
    const positions = new Map<string, number>();
    const open = new Set<string>();
    // Depth first without recursion, since networks are deeper than a worker's stack.
    const path = [output];
    for (let next = path.at(-1); next !== undefined; next = path.at(-1)) {
      const { layer: name, call } = next;
      const entry = entries.get(name) ?? invalid(`The layer ${name} is missing`, name);
      const isInput = entry.className === 'InputLayer';
      if (isInput && name !== onlyInput) invalid(`The layer ${name} is a second input`, name);
      const operands = isInput ? [] : readOperands(entry, call);
      const references = operands.filter(isReference);
      const pending = references.find((reference) => !positions.has(keyOf(reference)));
      open.add(keyOf(next));
      if (pending === undefined) {
        const inputs = references.map((reference) => positions.get(keyOf(reference)) ?? 0);
        const isGiven = isInput && input !== null;
        const position = isGiven ? input : this.#addCall(entry, operands, inputs, models);
        positions.set(keyOf(next), position);
        path.pop();
      } else {
        const { layer } = pending;
        if (open.has(keyOf(pending))) invalid(`The layer ${layer} depends on itself`, layer);
        path.push(pending);
      }
    }
    return positions.get(keyOf(output)) ?? 0;
  }

  #addCall(
    entry: LayerEntry,
    operands: readonly Operand[],
    inputs: readonly number[],
    models: Models,
  ): number {
    if (!isModel(entry.className)) return this.#addLayer(entry, operands, inputs, models);
    const [input, ...more] = inputs;
    if (input === undefined || more.length > 0) {
      return invalid(`The model ${entry.name} does not have exactly one input`, entry.name);
    }
    return this.addModel(entry, input, [...models, entry.name]);
  }

  #addLayer(
    entry: LayerEntry,
    operands: readonly Operand[],
    inputs: readonly number[],
    models: Models,
  ): number {
    const { className, name } = entry;
    const descriptions = describeLayer({
      className,
      layer: name,
      config: asRecord(entry.config, `The config of ${name}`),
      kerasVersion: this.#kerasVersion,
      operands: operands.map((operand) => (isReference(operand) ? null : operand)),
    });
    const source = { name, className, models };
    let given = inputs;
    for (const [index, description] of descriptions.entries()) {
      const isLast = index === descriptions.length - 1;
      const partName = isLast ? name : `${name}/${description.settings.kind}`;
      given = [this.#push({ name: partName, inputs: given, source, ...description })];
    }
    return given[0] ?? 0;
  }

  #push(layer: FlatLayer): number {
    if (this.layers.length >= MAX_LAYERS) invalid('The model has too many layers', layer.name);
    return this.layers.push(layer) - 1;
  }
}

function keyOf({ layer, call }: OutputReference): string {
  return `${String(call)} ${layer}`;
}
