import { beforeAll, expect, it } from 'vitest';
import { useTestBackend } from '../engine/backendFixture.ts';
import { SMALL_SPEC } from '../exporters/exportFixture.ts';
import { classifierNetwork } from '../network/compose.ts';
import type { Network } from '../network/network.ts';
import { startNetwork } from './startNetwork.ts';

beforeAll(() => useTestBackend('cpu'));

/** As `x / 127 - 1`: 1 in the first channel of RGB, -1 in that of BGR. */
const RED = [254, 0, 0];

it.each([
  ['rgb', 3, 1],
  ['bgr', 3, -1],
  // Of red, 0.2989 counts.
  ['grey', 1, 0.2989 * 2 - 1],
] as const)('gives a model of %s its own channels', async (channelOrder, numChannels, first) => {
  const network = sharesOfFirst(numChannels);
  const spec = { ...SMALL_SPEC, channelOrder, scale: [1 / 127], offset: [-1] };
  const { numClasses, classify } = startNetwork(network, spec);
  expect(numClasses).toBe(2);
  const pixels = Uint8ClampedArray.from({ length: 12 * 12 * 3 }, (_, i) => RED[i % 3] ?? 0);
  const [one = NaN, other = NaN] = await classify(pixels);
  expect(Math.log(one / other)).toBeCloseTo(first, 3);
});

/** Two classes whose logits are the mean of the first channel, and 0. */
function sharesOfFirst(numChannels: number): Network {
  const input = {
    kind: 'input',
    shape: [12, 12, numChannels],
    name: 'in',
    inputs: [],
    tensors: {},
  } as const;
  const kernel = new Float32Array(2 * numChannels);
  kernel[0] = 1;
  return classifierNetwork({
    network: { layers: [input] },
    cut: { positions: [0], pooling: 'global-average' },
    head: { kernel, bias: new Float32Array(2) },
  });
}
