import 'fake-indexeddb/auto';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeFloat16 } from '../../domain/float16.ts';
import type { SampleId, Sha256 } from '../../domain/ids.ts';
import { pixelSpace } from '../../domain/pixelSpace.ts';
import type { ScratchProgress, ScratchTask } from '../../domain/scratchFit.ts';
import type { SplitPart } from '../../domain/trainingRun.ts';
import {
  DEFAULT_TWO_CONVOLUTIONS,
  FROZEN_CUT,
  twoConvolutionPixels,
  twoConvolutionSizes,
} from '../../domain/twoConvolutions.ts';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { inMemory } from '../../exporters/blobFile.ts';
import { bytesInMemory } from '../../network/byteSource.ts';
import { openNetwork } from '../../network/openNetwork.ts';
import { putActivations } from '../../storage/activations.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { drawPatterns, PATTERN_SIDE } from './patternsFixture.ts';
import { trainFromScratch } from './trainFromScratch.ts';

const settings = { ...DEFAULT_TWO_CONVOLUTIONS, inputSize: PATTERN_SIDE, isGrey: true, filters: 4 };
const { pooledValues } = twoConvolutionSizes(settings, 2);
const preprocessing = {
  version: 2,
  inputHeight: PATTERN_SIDE,
  inputWidth: PATTERN_SIDE,
  framing: 'centre-square',
  ...twoConvolutionPixels(settings),
} as const;

const PARTS: readonly SplitPart[] = ['train', 'train', 'validation', 'test'];
const hashOf = (i: number) => i.toString(16).padStart(64, '0') as Sha256;
const drawn = drawPatterns(40, [0, 2], 1);
const samples = Array.from(drawn.classIndices, (classIndex, i) => ({
  sampleId: `sample ${i}` as SampleId,
  imageHash: hashOf(i),
  classIndex,
  part: PARTS[Math.floor(i / 2) % PARTS.length] ?? 'train',
}));
const task: ScratchTask = {
  settings,
  fit: { epochs: 3, batchSize: 10, learningRate: 0.005 },
  seed: 1,
  numClasses: 2,
  preprocessing,
  samples,
  frozenBase: null,
};

let database: Database;

beforeAll(() => useTestBackend('wasm'));
beforeEach(async () => {
  database = await openDatabase(`scratch ${crypto.randomUUID()}`);
});

/** Rows of `size` values for every photo but those for the last examination. */
async function store(space: ReturnType<typeof pixelSpace>, size: number) {
  const rows = samples.flatMap(({ imageHash, part }, i) => {
    const values = encodeFloat16(drawn.activations.slice(i * 400, i * 400 + size));
    return part === 'test' ? [] : [{ imageHash, values }];
  });
  await putActivations(database, space, rows);
}

function train(changed: Partial<ScratchTask> = {}, report = vi.fn()) {
  const context = { signal: new AbortController().signal, report };
  return trainFromScratch({ task: { ...task, ...changed } }, context, database);
}

describe('trainFromScratch', () => {
  it('trains on stored pixels and gives files that any reader of networks opens', async () => {
    await store(pixelSpace(preprocessing), PATTERN_SIDE ** 2);
    const report = vi.fn();
    const { curve, files } = await train({}, report);
    const told = report.mock.calls.map(([progress]) => progress as ScratchProgress);
    const metrics = told.flatMap((each) => (each.kind === 'epoch' ? [each.metrics] : []));
    expect(metrics).toEqual(curve.epochs);
    expect(curve.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(curve.epochs[0]?.validationAccuracy).not.toBeNull();
    const opened = await openNetwork(
      (await inMemory(files)).map(({ path, bytes }) => bytesInMemory(path, bytes)),
    );
    if (!('network' in opened)) throw new Error('Opened as a graph');
    expect(opened.format).toBe('tfjs-layers');
    expect(opened.network.layers.map(({ kind }) => kind)).toEqual([
      'input',
      'conv2d',
      'conv2d',
      'max-pooling2d',
      'dropout',
      'flatten',
      'dense',
      'dropout',
      'dense',
    ]);
  });

  it('trains a head on what is stored of a frozen base, which has no files of its own', async () => {
    const graphHash = 'a base' as Sha256;
    await store({ ...pixelSpace(preprocessing), graphHash, cut: FROZEN_CUT }, pooledValues);
    const { curve, files } = await train({ frozenBase: graphHash });
    expect(curve.epochs).toHaveLength(3);
    expect(files).toEqual([]);
  });

  it('refuses photos of one class, and photos without pixels', async () => {
    await expect(train()).rejects.toMatchObject({ code: 'not-found' });
    await store(pixelSpace(preprocessing), PATTERN_SIDE ** 2);
    const one = samples.filter(({ classIndex }) => classIndex === 0);
    await expect(train({ samples: one })).rejects.toMatchObject({ code: 'too-few-classes' });
  });
});
