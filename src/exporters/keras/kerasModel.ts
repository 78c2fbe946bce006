import { inferShapes } from '../../network/inferShapes.ts';
import type { LayerShape } from '../../network/layerShape.ts';
import type { Network, WeightTensor } from '../../network/network.ts';
import { uniqueLayerNames } from '../uniqueLayerNames.ts';
import { kerasDialect } from './kerasDialect.ts';
import { kerasOrder } from './kerasOrder.ts';
import { kerasWords } from './kerasWords.ts';

/** A layer as both kinds of file describe it. */
export interface NamedLayer {
  readonly name: string;
  readonly className: string;
  /** With the name. */
  readonly config: Readonly<Record<string, unknown>>;
  /** In Keras' own order, by Keras 2's names. */
  readonly tensors: readonly { readonly name: string; readonly tensor: WeightTensor }[];
  readonly inputs: readonly LayerOutput[];
}

export interface LayerOutput {
  readonly name: string;
  /** Without the batch; `null` where any size will do. */
  readonly shape: LayerShape;
}

/** A network's layers as Keras lists them. */
export interface KerasModel {
  readonly layers: readonly NamedLayer[];
  readonly inputName: string;
  readonly outputName: string;
}

/** Errors: unsupported-layer. */
export function kerasModel(network: Network): KerasModel {
  const said = kerasDialect(network);
  const shapes = inferShapes(said);
  const names = uniqueLayerNames(said.layers);
  const layers = kerasOrder(said.layers).flatMap((position) => {
    const layer = said.layers[position];
    if (layer === undefined) return [];
    const name = names[position] ?? '';
    const { className, config, tensorNames } = kerasWords(layer);
    const tensors = tensorNames.flatMap(([role, tensorName]) => {
      const tensor = layer.tensors[role];
      return tensor === undefined ? [] : [{ name: tensorName, tensor }];
    });
    const inputs = layer.inputs.map((input) => ({
      name: names[input] ?? '',
      shape: shapes[input] ?? [],
    }));
    return [{ name, className, config: { name, dtype: 'float32', ...config }, tensors, inputs }];
  });
  return { layers, inputName: layers[0]?.name ?? '', outputName: names.at(-1) ?? '' };
}
