import { GraftError } from '../../domain/errors.ts';
import { inferShapes } from '../../network/inferShapes.ts';
import type { Network } from '../../network/network.ts';
import { layersAbove } from './layersAbove.ts';
import type { TrainableOptions } from './trainable.ts';

const BYTES_PER_VALUE = 4;

/**
 * What a step by one of TF.js's optimisers takes at its peak, in copies of the weights: themselves, packed
 * for WASM and transposed, their gradients, the optimiser's state and all that it computes on the way.
 * Measured on WASM with a VGG's last block, and rounded up.
 */
const OPTIMIZER_COPIES = {
  sgd: 8,
  momentum: 8,
  nesterov: 10,
  adagrad: 10,
  rmsprop: 14,
  adam: 20,
  adamw: 20,
} as const;

/**
 * The same for the outputs of layers: what a layer computes on the way, what it keeps for the backward
 * pass, and gradients. Measured on WASM with parts of MobileNets, and rounded up.
 */
const OUTPUT_COPIES = { frozen: 4.5, trained: 6.5 } as const;

export interface TrainingDemands {
  readonly network: Network;
  /** Layers that training begins above. */
  readonly positions: readonly number[];
  readonly inputShape: readonly number[];
  readonly batchNorm: TrainableOptions['batchNorm'];
  readonly optimizer: keyof typeof OPTIMIZER_COPIES;
  readonly batchSize: number;
}

/** Most that training will take beside its photos' activations; reads no weight. Errors: cut-not-trainable. */
export function estimateTrainingBytes(demands: TrainingDemands): number {
  const { network, positions, inputShape, batchNorm, optimizer, batchSize } = demands;
  const shapes = inferShapes(network, inputShape);
  const above = layersAbove(network, positions);
  const outputs = above.map((position) => numValues(shapes[position] ?? []));
  const weights = above
    .flatMap((position) => Object.values(network.layers[position]?.tensors ?? {}))
    .map(({ shape }) => numValues(shape));
  const numCopied =
    OPTIMIZER_COPIES[optimizer] * sum(weights) +
    OUTPUT_COPIES[batchNorm] * sum(outputs) * batchSize;
  return BYTES_PER_VALUE * numCopied;
}

/** Errors: training-too-large {neededMib, availableMib}; cut-not-trainable. */
export function requireTrainingMemory(demands: TrainingDemands, availableBytes: number): void {
  const neededBytes = estimateTrainingBytes(demands);
  if (neededBytes <= availableBytes) return;
  const [neededMib, availableMib] = [neededBytes, availableBytes].map((bytes) =>
    Math.round(bytes / 2 ** 20),
  ) as [number, number];
  const message = `Training takes ${String(neededMib)} MiB of ${String(availableMib)} MiB`;
  throw new GraftError('training-too-large', message, { neededMib, availableMib });
}

function numValues(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
