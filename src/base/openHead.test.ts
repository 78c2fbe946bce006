import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import messages from '../app/i18n/en/messages.json';
import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { Head } from '../domain/head.ts';
import { flips, hostileJson, hugeCounts, truncations } from '../domain/hostileFixture.ts';
import { createRandom } from '../domain/random.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { importBase } from './importBase.ts';
import {
  type ExportedHead,
  headFilesOf,
  layersFiles,
  opaqueFiles,
  SPREAD_CUT,
  TUNED,
} from '../checks/headExportFixture.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';
import { removeBase } from './storedBases.ts';
import { formulaDeepHead, formulaHead } from '../exporters/exportFixture.ts';

const CUT = { positions: [4], pooling: 'global-average' } as const;
/** Of the first convolution, before which training cannot have started. */
const FIRST = { position: 1, role: 'bias', shape: [4], values: new Float32Array(4) } as const;

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

async function imported(files = layersFiles()): Promise<BaseModel> {
  return (await importBase(services, { files })).base;
}

async function exported({ id }: BaseModel, head?: ExportedHead): Promise<File[]> {
  return headFilesOf(await services.loadBase(id), head);
}

async function failureOf(files: readonly File[]) {
  const thrown: unknown = await openModel(services, { files }).catch((error: unknown) => error);
  return thrown as GraftError;
}

describe('a head by itself', () => {
  it.each([
    ['a softmax layer', SPREAD_CUT, formulaHead(20, 3)],
    [
      'hidden layers',
      { positions: [2], pooling: 'global-average' } as const,
      formulaDeepHead(4, 3),
    ],
    ['a flattened cut', { positions: [4], pooling: 'flatten' } as const, formulaHead(96, 3)],
  ])('opens on its base: %s', async (_, cut, weights) => {
    const base = await imported();
    const files = await exported(base, { cut, weights });
    expect(await openModel(services, { files })).toEqual({
      base,
      cut,
      head: weights,
      preprocessing: expect.objectContaining({ framing: 'padded', ...base.pixelRange }) as unknown,
      classNames: ['Mug', 'Bowl', '3 spoons'],
      name: 'Cups',
    });
    expect(await services.database.count('bases')).toBe(1);
  });

  it('brings the layers of the base that were trained with it, and where that began', async () => {
    const base = await imported();
    const cut = { positions: [4], pooling: 'global-average' } as const;
    const files = await exported(base, { cut, weights: formulaHead(6, 3), tuned: TUNED });
    const { tuning } = await openModel(services, { files });
    expect(tuning?.tensors).toEqual(TUNED);
    expect(tuning?.start).toMatchObject({ positions: [2], layer: 'relu_1' });
  });

  it('opens on a graph that runs as it is', async () => {
    const base = await imported(opaqueFiles());
    const { network } = await services.loadBase(base.id);
    const position = 'nodes' in network ? network.nodes.findIndex(({ op }) => op === 'Cumsum') : -1;
    const cut = { positions: [position], pooling: 'global-average' } as const;
    const weights = formulaHead(4, 3);
    const files = await exported(base, { cut, weights });
    expect(await openModel(services, { files })).toMatchObject({ base, cut, head: weights });
  });

  it('is refused with the name of its base where that is not at hand', async () => {
    const base = await imported();
    const files = await exported(base);
    await removeBase(services, { baseId: base.id });
    expect(await failureOf(files)).toMatchObject({
      code: 'head-without-base',
      details: { file: 'head.safetensors', base: base.name },
    });
    expect(await services.database.count('bases')).toBe(0);
  });

  it('is no base', async () => {
    const files = await exported(await imported());
    await expect(importBase(services, { files })).rejects.toMatchObject({
      code: 'head-without-base',
    });
  });

  it('is refused without what says what it is for', async () => {
    const files = await exported(await imported());
    const alone = files.filter(({ name }) => name !== 'architecture.json');
    expect(await failureOf(alone)).toMatchObject({
      code: 'architecture-missing',
      details: { file: 'head.safetensors' },
    });
  });

  it.each<[string, ExportedHead]>([
    ['another activation size', { weights: formulaHead(19, 3) }],
    ['a cut that the base does not have', { cut: { positions: [40], pooling: 'flatten' } }],
    ['photos of another size', { inputWidth: 10 }],
    ['tensors that the base does not have', { tuned: TUNED.map((t) => ({ ...t, position: 2 })) }],
    ['a trained layer before any start', { cut: CUT, weights: formulaHead(6, 3), tuned: [FIRST] }],
  ])('is refused with %s', async (_, change) => {
    const files = await exported(await imported(), change);
    expect(await failureOf(files)).toMatchObject({
      code: 'base-invalid',
      details: { file: 'head.safetensors' },
    });
  });

  it('ends in a sentence when it is broken or hostile', async () => {
    const base = await imported();
    const files = await exported(base, {
      cut: { positions: [4], pooling: 'global-average' },
      weights: formulaHead(6, 3),
      tuned: TUNED,
    });
    const random = createRandom(7);
    const complaints: string[] = [];
    let numCases = 0;
    for (const [at, file] of files.entries()) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const isJson = file.name === 'architecture.json';
      for (const made of [
        ...truncations(bytes),
        ...flips(bytes, 60, random),
        ...hugeCounts(bytes, 40, random),
        ...(isJson ? hostileJson(new TextDecoder().decode(bytes), 200, random) : []),
      ]) {
        numCases += 1;
        const given = files.with(at, new File([made.bytes], file.name));
        const ended = await openModel(services, { files: given }).catch((error: unknown) => error);
        const isSaid = ended instanceof GraftError && messages.failure[ended.code] !== '';
        if (!(isSaid && ended.code !== 'internal') && !hasClasses(ended)) {
          complaints.push(`${file.name} ${made.title}: ${String(ended)}`);
        }
      }
    }
    expect(complaints).toEqual([]);
    expect(numCases).toBeGreaterThanOrEqual(600);
    expect(await services.database.count('bases')).toBe(1);
  });
});

/** Whether what was opened could be made a project of. */
function hasClasses(opened: unknown): boolean {
  const { head, classNames } = opened as { head?: Head['weights']; classNames?: readonly string[] };
  return head !== undefined && classNames?.length === head.bias.length;
}
