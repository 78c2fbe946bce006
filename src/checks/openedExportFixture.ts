import type { OpenedModel } from '../bridge/modelMethods.ts';
import type { BaseId } from '../domain/ids.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import { numInputChannels, type PixelRange } from '../domain/preprocessing.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import type { ClassifierExport } from '../exporters/classifierExport.ts';
import {
  everyKindNetwork,
  formulaDeepHead,
  formulaHead,
  formulaPixels,
  SMALL_SPEC,
} from '../exporters/exportFixture.ts';
import { classifierNetwork } from '../network/compose.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';

/** Small classifiers to be exported and opened again, and what they and what is opened answer. */

const SIDE = 12;
export const EXPORTED_LABELS = ['Mug', 'Bowl', '3 spoons'];
const PIXELS = formulaPixels(SIDE, SIDE);

interface ExportCase {
  readonly range: PixelRange;
  readonly headOf?: typeof formulaHead;
}

export const EXPORT_CASES: readonly [ExportCase, ...ExportCase[]] = [
  { range: PIXEL_RANGES['signed-unit'] },
  { range: PIXEL_RANGES['signed-unit'], headOf: formulaDeepHead },
  { range: PIXEL_RANGES['imagenet-standardised'] },
  { range: { channelOrder: 'bgr', scale: [1 / 64], offset: [-1.5, -1.75, -2] } },
  { range: { channelOrder: 'grey', scale: [1 / 255], offset: [0] } },
];

function greyNetwork(): Network {
  const conv = { filters: 5, kernel_size: [3, 3], padding: 'same', activation: 'relu' };
  return loadTfjsLayers(
    fixtureModel(
      [fixtureInput('image', SIDE, SIDE, 1), fixtureLayer('Conv2D', 'conv', conv, 'image')],
      [fixtureTensor('conv/kernel', 3, 3, 1, 5), fixtureTensor('conv/bias', 5)],
    ),
  );
}

export function classifierOf({ range, headOf = formulaHead }: ExportCase): ClassifierExport {
  const base = range.channelOrder === 'grey' ? greyNetwork() : everyKindNetwork();
  const cut = { positions: [base.layers.length - 1], pooling: 'global-average' } as const;
  const head = headOf(5, EXPORTED_LABELS.length);
  return {
    network: classifierNetwork({ network: base, cut, head }),
    labels: EXPORTED_LABELS,
    preprocessing: { ...SMALL_SPEC, framing: 'padded', ...range },
    modelName: 'Cups',
    createdAt: new Date(0),
  };
}

/** Of 8-bit pixels, [side, side, 3], that reach the network in `range`. */
export async function answerOf(
  network: Network,
  range: PixelRange,
  pixels = PIXELS,
): Promise<Float32Array> {
  const side = Math.sqrt(pixels.length / 3);
  const channels = numInputChannels(range);
  const input = new Float32Array(side * side * channels);
  writeInput(pixels, range, input, 0);
  const plan = createPlan(network, [side, side, channels]);
  const answer = await plan.run(input, 1);
  plan.dispose();
  return answer;
}

interface Bases {
  readonly loadBase: (id: BaseId) => Promise<LoadedBase>;
}

/** Of the base as it was stored, with the head that came with it. */
export async function answerOfOpened(
  { loadBase }: Bases,
  { base, cut, head, preprocessing }: OpenedModel,
  pixels = PIXELS,
): Promise<Float32Array> {
  const { network } = await loadBase(base.id);
  if (!('layers' in network)) throw new Error('Not layers');
  return answerOf(classifierNetwork({ network, cut, head }), preprocessing, pixels);
}

export function largestDifference(answer: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (answer.length !== expected.length) return Infinity;
  return Math.max(...Array.from(answer, (value, i) => Math.abs(value - (expected[i] ?? NaN))));
}
