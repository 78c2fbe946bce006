import { expect, test } from 'vitest';
import type { PixelRange } from '../domain/preprocessing.ts';
import { numInputChannels } from '../domain/preprocessing.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import { startProcessorBackend } from '../engine/startProcessorBackend.ts';
import type { Network } from '../network/network.ts';
import { formulaPixels } from './exportFixture.ts';
import { withPixelInput } from './pixelInput.ts';

const RANGES: Readonly<Record<string, PixelRange>> = {
  'red, green, blue': { channelOrder: 'rgb', scale: [1 / 127.5], offset: [-1] },
  'a range for each channel': {
    channelOrder: 'rgb',
    scale: [0.01, 0.02, 0.03],
    offset: [-1, -0.5, 0.25],
  },
  'blue first, minus means': {
    channelOrder: 'bgr',
    scale: [1],
    offset: [-103.939, -116.779, -123.68],
  },
  grey: { channelOrder: 'grey', scale: [1 / 127.5], offset: [-1] },
};

test.each(Object.entries(RANGES))('takes pixels where the base takes %s', async (_, range) => {
  await startProcessorBackend();
  const channels = numInputChannels(range);
  // Gives its input back.
  const network: Network = {
    layers: [
      { kind: 'input', name: 'in', shape: [4, 4, channels], inputs: [], tensors: {} },
      { kind: 'flatten', name: 'out', inputs: [0], tensors: {} },
    ],
  };
  const pixels = formulaPixels(4, 4);
  const expected = new Float32Array(16 * channels);
  writeInput(pixels, range, expected, 0);
  const answer = await createPlan(withPixelInput(network, range), [4, 4, 3]).run(
    Float32Array.from(pixels),
    1,
  );
  expect(answer).toHaveLength(expected.length);
  for (const [i, value] of answer.entries()) expect(value).toBeCloseTo(expected[i] ?? NaN, 4);
});
