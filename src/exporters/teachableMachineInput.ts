import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Network, WeightTensor } from '../network/network.ts';

/** Teachable Machine feeds its models `x / 127 - 1` of 8-bit pixels, which reaches a little over 1. */
export const TEACHABLE_MACHINE_RANGE = { scale: 1 / 127, offset: -1 } as const;

const EPSILON = 1e-3;

/**
 * The network with a first layer that turns Teachable Machine's input into the base's own range:
 * with `t = x / 127 - 1`, the base's `x * scale + offset` is `t * (127 * scale) + (127 * scale + offset)`.
 * It is a batch norm, because TF.js 1.3.1 has no other layer that scales and shifts.
 */
export function withTeachableMachineInput(
  network: Network,
  { scale, offset }: Pick<PreprocessingSpec, 'scale' | 'offset'>,
): Network {
  const [input, ...rest] = network.layers;
  if (input?.kind !== 'input') throw new Error('The first layer of a network is its input');
  const numChannels = input.shape.at(-1) ?? 3;
  const gain = scale / TEACHABLE_MACHINE_RANGE.scale;
  const shift = offset - gain * TEACHABLE_MACHINE_RANGE.offset;
  const perChannel = (value: number): WeightTensor => ({
    shape: [numChannels],
    values: new Float32Array(numChannels).fill(value),
  });
  return {
    layers: [
      input,
      {
        kind: 'batch-norm',
        epsilon: EPSILON,
        name: 'input_range',
        inputs: [0],
        // Mean 0 and a root of variance plus epsilon of 1 leave gamma and beta.
        tensors: {
          gamma: perChannel(gain),
          beta: perChannel(shift),
          mean: perChannel(0),
          variance: perChannel(1 - EPSILON),
        },
      },
      ...rest.map((layer) => ({
        ...layer,
        inputs: layer.inputs.map((position) => position + 1),
      })),
    ],
  };
}
