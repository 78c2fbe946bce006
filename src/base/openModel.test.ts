import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cut } from '../domain/cut.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { PixelRange } from '../domain/preprocessing.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { createPlan } from '../engine/plan.ts';
import { teachableMachineFiles } from '../exporters/teachableMachine.ts';
import { classifierNetwork } from '../network/compose.ts';
import type { Network } from '../network/network.ts';
import { openNetwork } from '../network/openNetwork.ts';
import { teachableMachineExport, type ExportOptions } from '../network/teachableMachineFixture.ts';
import { importBase } from './importBase.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

const assets = process.env['GRAFT_ASSETS'];

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

function exportOf(options: ExportOptions = {}): File[] {
  return teachableMachineExport(options).map(
    ({ name, size, read }) => new File([read(0, size)], name),
  );
}

async function answerOf(network: Network): Promise<Float32Array> {
  const input = network.layers[0];
  const shape = (input?.kind === 'input' ? input.shape : []).map((size) => size ?? 8);
  const numValues = shape.reduce((product, size) => product * size, 1);
  const plan = createPlan(network, shape);
  const values = Float32Array.from({ length: numValues }, (_, i) => ((i * 37) % 101) / 50 - 1);
  const answer = await plan.run(values, 1);
  plan.dispose();
  return answer;
}

/** What the whole model answers, and what its base and head do together. */
async function answersOf(files: readonly File[]) {
  const { base, cut, head } = await openModel(services, { files });
  const { network } = await services.loadBase(base.id);
  if (!('layers' in network)) throw new Error('Not layers');
  const sources = await Promise.all(
    files.map(async (file) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const read = (start: number, end: number) => bytes.subarray(start, end);
      return { name: file.name, size: bytes.length, read };
    }),
  );
  const opened = await openNetwork(sources);
  const whole = 'network' in opened ? opened.classifier?.whole : undefined;
  return {
    whole: [...(await answerOf(whole ?? { layers: [] }))],
    parts: [...(await answerOf(classifierNetwork({ network, cut, head })))],
  };
}

describe('a Teachable Machine export', () => {
  it('becomes a base, a cut and a head that answer as it does', async () => {
    const model = await openModel(services, { files: exportOf() });
    expect(model).toMatchObject({
      classNames: ['Mug', 'Bowl'],
      base: { origin: 'imported', format: 'teachable-machine' },
      cut: { positions: [2], pooling: 'global-average' },
      preprocessing: { inputHeight: 8, framing: 'centre-square', scale: [1 / 127], offset: [-1] },
      name: null,
    });
    expect(await services.database.count('bases')).toBe(1);
  });

  it.each<ExportOptions>([{}, { pooling: 'Flatten' }, { channels: 1 }])(
    'with %j answers alike in one and in parts',
    async (options) => {
      const { whole, parts } = await answersOf(exportOf(options));
      expect(parts).toHaveLength(2);
      for (const [i, probability] of parts.entries())
        expect(probability).toBeCloseTo(whole[i] ?? -1, 6);
    },
  );

  it('finds its base again where that is at hand', async () => {
    const first = await openModel(services, { files: exportOf() });
    const again = await openModel(services, {
      files: exportOf({ metadata: { modelName: 'Cups' } }),
    });
    expect(again).toMatchObject({ base: { id: first.base.id }, cut: first.cut, name: 'Cups' });
    expect(await services.database.count('bases')).toBe(1);
  });

  it('that names no classes is refused, and nothing of it is stored', async () => {
    const files = exportOf().filter(({ name }) => name !== 'metadata.json');
    await expect(openModel(services, { files })).rejects.toMatchObject({
      code: 'no-classifier',
      details: { file: 'model.json' },
    });
    expect(await services.database.count('bases')).toBe(0);
  });
});

describe('an export of ours', () => {
  const head: HeadWeights = {
    kernel: Float32Array.from([0.5, -1, 2, 0.25, 1, -0.5]),
    bias: Float32Array.of(0.5, -0.25),
    hidden: [
      {
        kernel: Float32Array.from({ length: 12 }, (_, i) => Math.fround(Math.sin(i))),
        bias: Float32Array.of(1, 0, -1),
        activation: 'tanh',
      },
    ],
  };
  const RGB: PixelRange = { channelOrder: 'rgb', scale: [1 / 127.5], offset: [-1] };
  const RANGES: PixelRange[] = [
    RGB,
    { channelOrder: 'bgr', scale: [1], offset: [-103.939, -116.779, -123.68] },
  ];

  async function exported(cut: Cut, range: PixelRange, framing: 'padded' | 'centre-square') {
    const { base } = await importBase(services, { files: exportOf() });
    const { network } = await services.loadBase(base.id);
    if (!('layers' in network)) throw new Error('Not layers');
    const weights = cut.pooling === 'global-average' ? head : { ...head, hidden: [] };
    const files = teachableMachineFiles({
      network: classifierNetwork({ network, cut, head: weights }),
      labels: ['Mug', 'Bowl'],
      preprocessing: { version: 2, inputHeight: 8, inputWidth: 8, framing, ...range },
      modelName: 'Cups',
      createdAt: new Date(0),
    });
    return { base, files: files.map(({ path, bytes }) => new File([bytes], path)) };
  }

  it.each(RANGES)('finds the base that it was trained on, cut as it was: %j', async (range) => {
    const cut = { positions: [2], pooling: 'global-average' } as const;
    const { base, files } = await exported(cut, range, 'padded');
    const model = await openModel(services, { files });
    expect(model).toMatchObject({ base: { id: base.id }, cut, head, name: 'Cups' });
    const { preprocessing } = model;
    expect(preprocessing).toMatchObject({ framing: 'padded', channelOrder: range.channelOrder });
    for (const key of ['scale', 'offset'] as const) {
      for (const [i, value] of range[key].entries()) {
        const relative = (preprocessing[key][i] ?? NaN) / value - 1;
        expect(Math.abs(relative)).toBeLessThan(1e-6);
      }
    }
    expect(await services.database.count('bases')).toBe(1);
  });

  it('brings its base where that is gone', async () => {
    const cut = { positions: [2], pooling: 'global-average' } as const;
    const { base, files } = await exported(cut, RGB, 'centre-square');
    await services.database.clear('bases');
    services.loadBase.forget(base.id);
    const { whole, parts } = await answersOf(files);
    for (const [i, probability] of parts.entries())
      expect(probability).toBeCloseTo(whole[i] ?? -1, 6);
  });
});

describe.skipIf(assets === undefined)('exports of Teachable Machine (needs GRAFT_ASSETS)', () => {
  it.each([
    ['export_a', 'mobilenet-v2-0.35-224', 1280],
    ['export_b/model', 'mobilenet-v2-0.35-224', 1280],
    ['embedded_gray_export', null, 256],
  ])('%s has the head of 100 units', async (folder, id, activationSize) => {
    const path = join(assets ?? '', 'teachable-machine', folder);
    const files = readdirSync(path).map((name) => new File([readFileSync(join(path, name))], name));
    const { base, head, cut, preprocessing, classNames } = await openModel(services, { files });
    if (id !== null) expect(base.id).toBe(id);
    expect(cut.pooling).toBe('global-average');
    expect(preprocessing).toMatchObject({ scale: [1 / 127], offset: [-1] });
    expect(head.hidden?.[0]?.kernel).toHaveLength(activationSize * 100);
    expect(head.bias).toHaveLength(classNames.length);
  });

  it('broken_export is refused with both sizes', async () => {
    const path = join(assets ?? '', 'teachable-machine/broken_export');
    const files = readdirSync(path).map((name) => new File([readFileSync(join(path, name))], name));
    await expect(openModel(services, { files })).rejects.toMatchObject({
      code: 'base-invalid',
      details: { bytesExpected: 2_154_832, bytesFound: 2_154_032 },
    });
  });
});
