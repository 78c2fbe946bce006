import { GraftError } from '../domain/errors.ts';
import { canonicalNetwork } from './canonicalNetwork.ts';
import { inferShapes } from './inferShapes.ts';
import type { FlatLayer } from './kerasGraph.ts';
import type { LayerVariable } from './kerasLayers/layerSource.ts';
import type { LayerShape } from './layerShape.ts';
import type { Layer, Network, TensorRole, WeightTensor } from './network.ts';

/** Looks a variable up in a file, by name or by its place in `flat.variables`; `null` where there is none. */
export type FindTensor = (flat: FlatLayer, variable: LayerVariable) => WeightTensor | null;

/**
 * The network of a flattened topology with the tensors that `find` gives, in canonical order.
 * Errors: base-invalid where a tensor is missing or does not fit, with layer and tensor named.
 */
export function attachTensors(flatLayers: readonly FlatLayer[], find: FindTensor): Network {
  const layers = flatLayers.map((flat) => attach(flat, find));
  // Finds every tensor that does not fit its layer's input.
  const shapes = inferShapes({ layers });
  for (const flat of flatLayers) checkRank(flat, shapes);
  return canonicalNetwork(layers, layers.length - 1);
}

function checkRank({ source, inputs, inputRank }: FlatLayer, shapes: readonly LayerShape[]): void {
  const isOther = inputs.some((input) => shapes[input]?.length !== inputRank);
  if (inputRank == null || !isOther) return;
  const { name: layer, className } = source;
  const message = `The layer ${layer} (${className}) has another axis than the last`;
  throw new GraftError('unsupported-layer', message, { layer, className });
}

function attach(flat: FlatLayer, find: FindTensor): Layer {
  const tensors: Partial<Record<TensorRole, WeightTensor>> = {};
  for (const variable of flat.variables) {
    if (variable.role === null) continue;
    const tensor = find(flat, variable) ?? missing(flat, variable);
    checkShape(flat, variable, tensor);
    tensors[variable.role] = tensor;
  }
  return { ...flat.settings, name: flat.name, inputs: flat.inputs, tensors };
}

function missing({ source }: FlatLayer, { name }: LayerVariable): never {
  const message = `The layer ${source.name} has no tensor ${name} in the weights`;
  throw new GraftError('base-invalid', message, { layer: source.name, tensor: name });
}

function checkShape({ source }: FlatLayer, variable: LayerVariable, { shape }: WeightTensor): void {
  const stated = variable.shape;
  if (stated.length === 0) return;
  const fits =
    stated.length === shape.length && stated.every((size, i) => size === null || size === shape[i]);
  if (fits) return;
  const expected = stated.map((size) => size ?? '?').join(' × ');
  const found = shape.join(' × ');
  const message = `The ${variable.name} of layer ${source.name} is ${found}, but its settings say ${expected}`;
  throw new GraftError('base-invalid', message, { layer: source.name, expected, found });
}
