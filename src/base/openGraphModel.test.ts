import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import { numInputChannels, type PixelRange } from '../domain/preprocessing.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import {
  everyKindNetwork,
  formulaDeepHead,
  formulaHead,
  formulaPixels,
  SMALL_SPEC,
} from '../exporters/exportFixture.ts';
import { tfjsGraphFiles } from '../exporters/tfjsGraph/tfjsGraphFiles.ts';
import { classifierNetwork } from '../network/compose.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

const SIDE = 12;
const LABELS = ['Mug', 'Bowl', '3 spoons'];
const PIXELS = formulaPixels(SIDE, SIDE);

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

function greyNetwork(): Network {
  const conv = { filters: 5, kernel_size: [3, 3], padding: 'same', activation: 'relu' };
  return loadTfjsLayers(
    fixtureModel(
      [fixtureInput('image', SIDE, SIDE, 1), fixtureLayer('Conv2D', 'conv', conv, 'image')],
      [fixtureTensor('conv/kernel', 3, 3, 1, 5), fixtureTensor('conv/bias', 5)],
    ),
  );
}

/** Of 8-bit pixels that reach the network in `range`. */
async function answerOf(network: Network, range: PixelRange): Promise<Float32Array> {
  const channels = numInputChannels(range);
  const input = new Float32Array(SIDE * SIDE * channels);
  const spec = { ...SMALL_SPEC, ...range };
  writeInput(PIXELS, spec, input, 0);
  const plan = createPlan(network, [SIDE, SIDE, channels]);
  const answer = await plan.run(input, 1);
  plan.dispose();
  return answer;
}

interface Case {
  readonly range: PixelRange;
  readonly headOf?: typeof formulaHead;
}

const CASES: readonly Case[] = [
  { range: PIXEL_RANGES['signed-unit'] },
  { range: PIXEL_RANGES['signed-unit'], headOf: formulaDeepHead },
  { range: PIXEL_RANGES['imagenet-standardised'] },
  { range: { channelOrder: 'bgr', scale: [1 / 64], offset: [-1.5, -1.75, -2] } },
  { range: { channelOrder: 'grey', scale: [1 / 255], offset: [0] } },
];

describe('a graph model of ours', () => {
  it.each(CASES)('opens with its classes and answers as before: %o', async (each) => {
    const { range, headOf = formulaHead } = each;
    const base = range.channelOrder === 'grey' ? greyNetwork() : everyKindNetwork();
    const cut = { positions: [base.layers.length - 1], pooling: 'global-average' } as const;
    const head = headOf(5, LABELS.length);
    const network = classifierNetwork({ network: base, cut, head });
    const files = tfjsGraphFiles({
      network,
      labels: LABELS,
      preprocessing: { ...SMALL_SPEC, framing: 'padded', ...range },
      modelName: 'Cups',
      createdAt: new Date(0),
    });
    const opened = await openModel(services, {
      files: files.map(({ path, bytes }) => new File([bytes], path)),
    });
    expect(opened.classNames).toEqual(LABELS);
    expect(opened.preprocessing.framing).toBe('padded');
    expect(opened.head.hidden?.length).toBe(head.hidden?.length);
    expect(opened.base.isOpaque).toBe(false);
    const { network: stored } = await services.loadBase(opened.base.id);
    if (!('layers' in stored)) throw new Error('Not layers');
    const whole = classifierNetwork({ network: stored, cut: opened.cut, head: opened.head });
    const answer = await answerOf(whole, opened.preprocessing);
    for (const [i, expected] of (await answerOf(network, range)).entries()) {
      expect(answer[i]).toBeCloseTo(expected, 5);
    }
  });
});
