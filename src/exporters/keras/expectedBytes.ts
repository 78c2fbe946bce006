import type { KerasModel } from './kerasModel.ts';

/** Headers, names and a layer's part of the config. */
const BYTES_A_LAYER = 8192;

/** About how large a file with the model's weights becomes; rather more than less. */
export function expectedBytes({ layers }: KerasModel): number {
  const tensors = layers.flatMap((layer) => layer.tensors);
  const numValues = tensors.reduce(
    (sum, { tensor }) => sum + tensor.shape.reduce((product, size) => product * size, 1),
    0,
  );
  return numValues * 4 + layers.length * BYTES_A_LAYER;
}
