import type { Cut } from '../domain/cut.ts';
import { isOpaque } from '../engine/baseBody.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { pooledNetwork } from '../network/compose.ts';

const BYTES_PER_WEIGHT = 4;

/** What a base's weights up to a cut take as float32; counted from their shapes, none is read. */
export function weightBytesOf({ base, network }: LoadedBase, cut: Cut): number {
  if (isOpaque(network)) return base.sizeBytes;
  const numWeights = pooledNetwork(network, cut)
    .layers.flatMap(({ tensors }) => Object.values(tensors))
    .map(({ shape }) => shape.reduce((product, size) => product * size, 1))
    .reduce((sum, count) => sum + count, 0);
  return numWeights * BYTES_PER_WEIGHT;
}
