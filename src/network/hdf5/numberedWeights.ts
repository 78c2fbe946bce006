import type { FindTensor } from '../attachTensors.ts';
import { asList, asRecord, asText, type JsonRecord } from '../jsonChecks.ts';
import type { Hdf5File } from './hdf5File.ts';

/** Whether the file is Keras 3's `weights.h5`. */
export function hasNumberedWeights(file: Hdf5File): boolean {
  return file.has('/layers');
}

/**
 * Finds a topology's variables in Keras 3's `weights.h5`, which knows no names: the third convolution of
 * a model is `layers/conv2d_2`, its variables are `vars/0`, `vars/1`; a model within the model has
 * `layers` of its own. Which is which follows from the order of the layers in the topology
 * (`_save_container_state` in Keras' `saving_lib.py`). Errors: base-invalid.
 */
export function numberedWeights(file: Hdf5File, topology: JsonRecord): FindTensor {
  const folders = new Map<string, string>();
  addFolders(folders, topology, '', []);
  return ({ source, variables }, variable) => {
    const folder = folders.get(keyOf([...source.models, source.name]));
    if (folder === undefined) return null;
    return file.tensor(`${folder}/vars/${variables.indexOf(variable)}`);
  };
}

function addFolders(
  folders: Map<string, string>,
  model: JsonRecord,
  prefix: string,
  models: readonly string[],
): void {
  const config = asRecord(model['config'], 'A model config');
  const counts = new Map<string, number>();
  for (const value of asList(config['layers'], 'The layers of a model')) {
    const entry = asRecord(value, 'A layer');
    const className = asText(entry['class_name'], 'class_name of a layer');
    const inner = asRecord(entry['config'], `The config of a ${className}`);
    const name = asText(entry['name'] ?? inner['name'], `The name of a ${className}`);
    const kind = snakeCase(className);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const folder = `${prefix}/layers/${count === 0 ? kind : `${kind}_${count}`}`;
    folders.set(keyOf([...models, name]), folder);
    if (Array.isArray(inner['layers'])) addFolders(folders, entry, folder, [...models, name]);
  }
}

/** `DepthwiseConv2D` → `depthwise_conv2d`, `PReLU` → `p_re_lu`: as Keras does it. */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

function keyOf(names: readonly string[]): string {
  return JSON.stringify(names);
}
