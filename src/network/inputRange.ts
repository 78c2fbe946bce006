import type { PixelRange } from '../domain/preprocessing.ts';
import type { Layer, Network } from './network.ts';

/** What our Teachable Machine compatible exports call the layer that they put before the base. */
const RANGE_LAYER = 'input_range';
/** Behind `x / 127 - 1`, which that layer takes. */
const SCALE = 1 / 127;

export interface BareNetwork {
  readonly network: Network;
  /** What the network behind the layer takes. */
  readonly range: PixelRange;
}

/**
 * The network without the layer that turns Teachable Machine's range into its own, as our exports have
 * it; `null` where there is none. The way back of `exporters/teachableMachineInput`, exact to a float32.
 */
export function withoutInputRange({ layers }: Network): BareNetwork | null {
  const [input, range, ...rest] = layers;
  if (input?.kind !== 'input' || range?.name !== RANGE_LAYER) return null;
  if (rest.some(({ inputs }) => inputs.includes(0))) return null;
  const factors = factorsOf(range);
  if (factors === null) return null;
  const { gains, shifts, isTurned } = factors;
  const isGrey = input.shape.at(-1) === 1;
  const shifted = rest.map((layer) => ({
    ...layer,
    inputs: layer.inputs.map((position) => position - 1),
  }));
  return {
    network: { layers: [input, ...shifted] },
    range: {
      channelOrder: isTurned ? 'bgr' : isGrey ? 'grey' : 'rgb',
      scale: alike(gains.map((gain) => gain * SCALE)),
      offset: alike(shifts.map((shift, i) => shift - (gains[i] ?? 0))),
    },
  };
}

/** Per channel of the network behind it; a convolution turns red and blue round as well. */
function factorsOf({ kind, tensors }: Layer) {
  const { gamma, beta, kernel, bias } = tensors;
  if (kind === 'batch-norm' && gamma !== undefined && beta !== undefined) {
    return { gains: [...gamma.values], shifts: [...beta.values], isTurned: false };
  }
  const isTurn = kind === 'conv2d' && kernel?.shape.join() === '1,1,3,3' && bias !== undefined;
  if (!isTurn) return null;
  const { values } = kernel;
  const gains = [values[6] ?? 0, values[4] ?? 0, values[2] ?? 0];
  return { gains, shifts: [...bias.values], isTurned: true };
}

/** One number where all channels have the same. */
function alike(values: readonly number[]): readonly number[] {
  return values.every((value) => value === values[0]) ? values.slice(0, 1) : values;
}
