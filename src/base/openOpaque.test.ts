import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { largestDifference } from '../checks/openedExportFixture.ts';
import { CUT_POOLINGS, type CutPooling } from '../domain/cut.ts';
import type { HeadWeights } from '../domain/head.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import {
  numInputChannels,
  PREPROCESSING_VERSION,
  type PixelRange,
} from '../domain/preprocessing.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { isOpaque } from '../engine/baseBody.ts';
import { formulaDeepHead, formulaHead } from '../exporters/exportFixture.ts';
import { opaqueTfjsGraphFiles } from '../exporters/tfjsGraph/tfjsGraphFiles.ts';
import { opaqueFixture, ROW, SUMS } from '../network/graphModel/opaqueFixture.ts';
import { importBase } from './importBase.ts';
import {
  answerOf,
  filesOf,
  LABELS,
  modelFiles,
  SIDE,
  type Trained,
} from '../checks/opaqueModelsFixture.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';
import { removeBase, setBasePixelRange } from './storedBases.ts';

const GREY: PixelRange = { channelOrder: 'grey', scale: [1 / 255], offset: [0] };
const BLUE_FIRST: PixelRange = {
  channelOrder: 'bgr',
  scale: [1 / 64, 1 / 100, 1 / 128],
  offset: [-1, -0.5, -0.25],
};

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  // TF.js remarks on every graph that it runs.
  vi.spyOn(console, 'warn').mockReturnValue();
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

interface Case {
  readonly pooling?: CutPooling;
  readonly headOf?: typeof formulaHead;
  readonly range?: PixelRange;
  readonly batchSize?: string;
}

const CASES: readonly Case[] = [
  ...CUT_POOLINGS.map((pooling) => ({ pooling })),
  ...CUT_POOLINGS.map((pooling) => ({ pooling, headOf: formulaDeepHead })),
  { range: PIXEL_RANGES['imagenet-standardised'] },
  { range: BLUE_FIRST },
  { range: GREY },
  { batchSize: '1' },
];

function activationSize(pooling: CutPooling): number {
  if (pooling === 'flatten') return SIDE * SIDE * 4;
  return pooling === 'average-and-spread' ? 8 : 4;
}

async function exported({ base, cut, head, preprocessing }: Trained): Promise<File[]> {
  const { network } = await services.loadBase(base.id);
  if (!isOpaque(network)) throw new Error('Layers');
  const cutNode = network.nodes[cut.positions[0] ?? -1]?.name ?? '';
  const { pooling } = cut;
  return filesOf(
    opaqueTfjsGraphFiles({ graph: network, cutNode, pooling, head, preprocessing }, LABELS),
  );
}

/** A project on a base of its own. */
async function trained({
  pooling = 'global-average',
  headOf = formulaHead,
  range = PIXEL_RANGES['signed-unit'],
  batchSize = '-1',
}: Case = {}): Promise<Trained> {
  const files = modelFiles(opaqueFixture(numInputChannels(range), batchSize));
  const imported = await importBase(services, { files });
  const { id: baseId } = imported.base;
  const { base } = await setBasePixelRange(services, { baseId, pixelRange: range });
  return {
    base,
    cut: { positions: [pooling === 'none' ? ROW : SUMS], pooling },
    head: headOf(activationSize(pooling), LABELS.length),
    preprocessing: {
      version: PREPROCESSING_VERSION,
      inputHeight: SIDE,
      inputWidth: SIDE,
      framing: 'padded',
      ...range,
    },
  };
}

describe('an export on a base that runs as it is', () => {
  it.each(CASES)('finds its base and answers as before: %o', async (each) => {
    const project = await trained(each);
    const opened = await openModel(services, { files: await exported(project) });
    expect(opened).toMatchObject({
      classNames: LABELS,
      base: { id: project.base.id },
      cut: project.cut,
      head: project.head,
    });
    expect(opened.preprocessing).toEqual(project.preprocessing);
    expect(await services.database.count('bases')).toBe(1);
    expect(await answerOf(services, opened)).toEqual(await answerOf(services, project));
  });

  it.each(CASES)('brings its base where that is gone: %o', async (each) => {
    const project = await trained(each);
    const expected = await answerOf(services, project);
    const files = await exported(project);
    await removeBase(services, { baseId: project.base.id });
    const opened = await openModel(services, { files });
    expect(opened.base).toMatchObject({
      isOpaque: true,
      pixelRange: PIXEL_RANGES.bytes,
      isPixelRangeGuessed: false,
    });
    expect(opened.preprocessing).toMatchObject({ framing: 'padded', ...PIXEL_RANGES.bytes });
    expect(opened.head).toEqual(project.head);
    expect(largestDifference(await answerOf(services, opened), expected)).toBeLessThan(1e-5);

    const again = await openModel(services, { files });
    expect(again).toEqual(opened);
    expect(await services.database.count('bases')).toBe(1);
  });

  it('that was trained on is found again in what it exports then', async () => {
    const project = await trained({ headOf: formulaDeepHead });
    const files = await exported(project);
    await removeBase(services, { baseId: project.base.id });
    const opened = await openModel(services, { files });
    const more = { ...opened, head: doubled(opened.head) };
    const expected = await answerOf(services, more);
    const next = await openModel(services, { files: await exported(more) });
    expect(next).toMatchObject({ base: { id: opened.base.id }, cut: opened.cut, head: more.head });
    expect(largestDifference(await answerOf(services, next), expected)).toBeLessThan(1e-5);
    expect(await services.database.count('bases')).toBe(1);
  });

  it('of other weights is another base', async () => {
    const project = await trained();
    const files = await exported(project);
    const bytes = new Uint8Array((await files[1]?.arrayBuffer()) ?? []);
    // In the base's own kernel, which lies before what was added.
    bytes[2] = (bytes[2] ?? 0) ^ 64;
    const changed = files.with(1, new File([bytes], 'weights.bin'));
    const opened = await openModel(services, { files: changed });
    expect(opened.base.id).not.toBe(project.base.id);
    expect(opened.preprocessing).toMatchObject(PIXEL_RANGES.bytes);
  });

  it.each(['labels.txt', 'model.json'])('without its %s is refused', async (name) => {
    const project = await trained();
    const files = (await exported(project)).filter((file) => file.name !== name);
    const code = name === 'labels.txt' ? 'labels-missing' : 'base-invalid';
    await expect(openModel(services, { files })).rejects.toMatchObject({ code });
    expect(await services.database.count('bases')).toBe(1);
  });
});

function doubled(head: HeadWeights): HeadWeights {
  return { ...head, kernel: head.kernel.map((value) => 2 * value) };
}
