import { GraftError } from '../../domain/errors.ts';
import type { FindTensor } from '../attachTensors.ts';
import type { WeightTensor } from '../network.ts';
import type { Hdf5File } from './hdf5File.ts';

/** A layer with weights as the file lists it. */
export interface StoredLayer {
  readonly name: string;
  /** Paths of its datasets in the order in which Keras reads them back. */
  readonly paths: readonly string[];
}

/** An attribute that would not fit a header of HDF5 is cut into numbered parts. */
const MAX_PARTS = 1000;

/** Whether the group holds weights as Keras 1 and 2 write them, and Keras 3 into `.h5`. */
export function hasLegacyWeights(file: Hdf5File, group: string): boolean {
  return listTexts(file, group, 'layer_names') !== null;
}

/** The layers of the group that have weights, in the file's order. Errors: base-invalid. */
export function listStoredLayers(file: Hdf5File, group: string): readonly StoredLayer[] {
  const names = listTexts(file, group, 'layer_names') ?? [];
  const layers = names.map((name) => {
    const folder = joinPath(group, name);
    if (!file.has(folder)) refuse(file, name, `names a layer ${name} that it does not have`);
    const weightNames = listTexts(file, folder, 'weight_names') ?? [];
    return { name, paths: weightNames.map((weight) => joinPath(folder, weight)) };
  });
  return layers.filter(({ paths }) => paths.length > 0);
}

/**
 * Finds a topology's variables: by their own name under their layer's, or by their place where they are
 * named otherwise, as Keras 1 did (`block1_conv1_W_1`). A model within the model is one stored layer.
 */
export function legacyWeights(file: Hdf5File, group: string): FindTensor {
  const stored = new Map(listStoredLayers(file, group).map(({ name, paths }) => [name, paths]));
  return ({ source, variables }, variable) => {
    const [outermost, ...inner] = [...source.models, source.name] as const;
    const paths = stored.get(outermost) ?? [];
    const wanted = [...inner, variable.name];
    const path =
      onlyMatch(paths, wanted) ??
      (inner.length > 0 ? onlyMatch(paths, wanted.slice(-2)) : null) ??
      (inner.length === 0 && paths.length === variables.length
        ? paths[variables.indexOf(variable)]
        : null);
    return path == null ? null : file.tensor(path);
  };
}

/** The tensor at a path that the file itself lists. */
export function storedTensor(file: Hdf5File, layer: string, path: string): WeightTensor {
  return file.tensor(path) ?? refuse(file, layer, `names a tensor ${path} that it does not have`);
}

function onlyMatch(paths: readonly string[], names: readonly string[]): string | null {
  const ending = `/${names.join('/')}`;
  const matches = paths.filter((path) => path.replace(/:\d+$/, '').endsWith(ending));
  return matches.length === 1 ? (matches[0] ?? null) : null;
}

function listTexts(file: Hdf5File, path: string, name: string): readonly string[] | null {
  const whole = file.texts(path, name);
  if (whole !== null) return whole;
  const parts: string[] = [];
  for (let i = 0; i < MAX_PARTS; i++) {
    const part = file.texts(path, `${name}${i}`);
    if (part === null) return i === 0 ? null : parts;
    parts.push(...part);
  }
  return parts;
}

function joinPath(group: string, name: string): string {
  return group === '/' ? `/${name}` : `${group}/${name}`;
}

function refuse(file: Hdf5File, layer: string, problem: string): never {
  const message = `The file ${file.name} ${problem}`;
  throw new GraftError('base-invalid', message, { file: file.name, layer });
}
