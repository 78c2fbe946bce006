import { beforeAll, describe, expect, it } from 'vitest';
import { tfjsGraph } from '../../checks/openTfjs.ts';
import { CUT_POOLINGS, type CutPooling } from '../../domain/cut.ts';
import { PIXEL_RANGES } from '../../domain/pixelRanges.ts';
import { numInputChannels, type PixelRange } from '../../domain/preprocessing.ts';
import { createCutPlan } from '../../engine/cutPlan.ts';
import { writeInput } from '../../engine/preprocess.ts';
import { startProcessorBackend } from '../../engine/startProcessorBackend.ts';
import { classifierNetwork } from '../../network/compose.ts';
import {
  OPAQUE_SIDE,
  opaqueFixture,
  opaqueGraphOf,
  ROW,
  SUMS,
} from '../../network/graphModel/opaqueFixture.ts';
import {
  fileText,
  formulaDeepHead,
  formulaHead,
  formulaPixels,
  SMALL_SPEC,
} from '../exportFixture.ts';
import { opaqueTfjsGraphFiles } from './tfjsGraphFiles.ts';

const SIDE = OPAQUE_SIDE;
const LABELS = ['a', 'b', 'c'];

function activationSize(pooling: CutPooling): number {
  if (pooling === 'flatten') return SIDE * SIDE * 4;
  return pooling === 'average-and-spread' ? 8 : 4;
}

const pixels = new Uint8ClampedArray([
  ...formulaPixels(SIDE, SIDE),
  ...formulaPixels(SIDE, SIDE).reverse(),
]);

interface Case {
  readonly pooling?: CutPooling;
  readonly headOf?: typeof formulaHead;
  readonly range?: PixelRange;
  readonly batchSize?: string;
}

/** What the export answers to two photos' pixels, and what the app does. */
async function answers({
  pooling = 'global-average',
  headOf = formulaHead,
  range = PIXEL_RANGES['signed-unit'],
  batchSize = '-1',
}: Case) {
  const preprocessing = { ...SMALL_SPEC, inputHeight: SIDE, inputWidth: SIDE, ...range };
  const channels = numInputChannels(range);
  const graph = opaqueGraphOf(opaqueFixture(channels, batchSize));
  const position = pooling === 'none' ? ROW : SUMS;
  const head = headOf(activationSize(pooling), LABELS.length);
  const cutNode = graph.nodes[position]?.name ?? '';
  const exported = opaqueTfjsGraphFiles({ graph, cutNode, pooling, head, preprocessing }, LABELS);
  const plan = await createCutPlan(
    graph,
    { positions: [position], pooling },
    [SIDE, SIDE, channels],
    (network, cut) => classifierNetwork({ network, cut, head }),
  );
  const input = new Float32Array((pixels.length / 3) * channels);
  writeInput(pixels, preprocessing, input, 0);
  const expected = await plan.run(input, 2);
  plan.dispose();
  const { run } = await tfjsGraph.open(exported, [SIDE, SIDE, 3]);
  return { exported, expected, answered: await run(Float32Array.from(pixels), 2) };
}

beforeAll(() => startProcessorBackend());

const GREY: PixelRange = { channelOrder: 'grey', scale: [1 / 255], offset: [0] };
/** Of three deviations, kept small enough for the sine to say something. */
const BLUE_FIRST: PixelRange = {
  channelOrder: 'bgr',
  scale: [1 / 64, 1 / 100, 1 / 128],
  offset: [-1, -0.5, -0.25],
};

describe('a base that runs as it is, as a graph model,', () => {
  it.each<Case>([
    ...CUT_POOLINGS.map((pooling) => ({ pooling })),
    { pooling: 'global-max', headOf: formulaDeepHead },
    { range: PIXEL_RANGES.unit },
    { range: { ...BLUE_FIRST, channelOrder: 'rgb' } },
    { range: BLUE_FIRST },
    { range: GREY },
    { batchSize: '1' },
  ])('takes pixels as they are and answers as the app does: %o', async (each) => {
    const { expected, answered } = await answers(each);
    expect(answered).toHaveLength(2 * LABELS.length);
    const difference = answered.map((value, i) => Math.abs(value - (expected[i] ?? NaN)));
    expect(Math.max(...difference)).toBeLessThan(1e-5);
    expect(expected[0]).not.toBe(expected[LABELS.length]);
  });

  it('leaves out what is behind the cut, and says what it takes', async () => {
    const { exported } = await answers({ pooling: 'flatten', range: GREY });
    const text = fileText(exported, 'model.json');
    expect(text).not.toContain('"answer"');
    expect(text).not.toContain('"axes"');
    const model = JSON.parse(text) as { readonly signature: { readonly inputs: object } };
    const dim = ['-1', '6', '6', '3'].map((size) => ({ size }));
    expect(model.signature.inputs).toMatchObject({ image: { tensorShape: { dim } } });
    const { spec } = JSON.parse(fileText(exported, 'preprocessing.json')) as { spec: object };
    expect(spec).toMatchObject({ channelOrder: 'rgb', scale: [1], offset: [0] });
    expect(fileText(exported, 'labels.txt')).toBe('0 a\n1 b\n2 c\n');
  });

  it('keeps a batch that the graph fixes', async () => {
    const { exported } = await answers({ batchSize: '1' });
    expect(fileText(exported, 'model.json')).toContain('{"dim":[{"size":"1"},{"size":"6"}');
  });
});
