import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenedModel } from '../bridge/modelMethods.ts';
import type { Cut } from '../domain/cut.ts';
import type { HeadWeights } from '../domain/head.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import type { PixelRange, PreprocessingSpec } from '../domain/preprocessing.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import { formulaHead, formulaPixels } from '../exporters/exportFixture.ts';
import { kerasFile } from '../exporters/keras/kerasFile.ts';
import { kerasFiles } from '../exporters/keras/kerasFiles.ts';
import { kerasH5File } from '../exporters/keras/kerasH5.ts';
import { classifierNetwork } from '../network/compose.ts';
import type { Network } from '../network/network.ts';
import { teachableMachineExport } from '../network/teachableMachineFixture.ts';
import { zipFixture } from '../network/zipFixture.ts';
import { importBase } from './importBase.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

/** By Keras 3.15, from `tools/keras-fixtures/make_classifier.py`. */
const FOLDER = join(import.meta.dirname, 'kerasClassifier');
const SIDE = 8;
const LABELS = ['Mug', 'Bowl', '3 spoons'];
const CUT: Cut = { positions: [2], pooling: 'global-average' };
const WRITERS = [
  ['.keras', kerasFile],
  ['.h5', kerasH5File],
] as const;

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

async function importLayers(files: readonly File[]) {
  const { base } = await importBase(services, { files });
  const { network } = await services.loadBase(base.id);
  if (!('layers' in network)) throw new Error('Not layers');
  return { base, network };
}

/** What a network says to 8-bit pixels, [8, 8, 3], in the range of `spec`. */
async function answerOf(network: Network, spec: PreprocessingSpec, pixels: Uint8ClampedArray) {
  const numChannels = spec.channelOrder === 'grey' ? 1 : 3;
  const plan = createPlan(network, [SIDE, SIDE, numChannels]);
  const input = new Float32Array(SIDE * SIDE * numChannels);
  writeInput(pixels, spec, input, 0);
  const answer = await plan.run(input, 1);
  plan.dispose();
  return answer;
}

async function answerOfModel({ base, cut, head, preprocessing }: OpenedModel) {
  const { network } = await services.loadBase(base.id);
  if (!('layers' in network)) throw new Error('Not layers');
  const whole = classifierNetwork({ network, cut, head });
  return answerOf(whole, preprocessing, formulaPixels(SIDE, SIDE));
}

function largestDifference(answer: Float32Array, expected: ArrayLike<number>): number {
  expect(answer).toHaveLength(expected.length);
  return Math.max(...answer.map((value, i) => Math.abs(value - (expected[i] ?? NaN))));
}

interface Exported {
  readonly baseId: string;
  readonly head: HeadWeights;
  readonly files: readonly File[];
  readonly probabilities: Float32Array;
}

async function exported(
  write: (typeof WRITERS)[number][1],
  range: PixelRange,
  head = formulaHead(4, 3),
): Promise<Exported> {
  const channels = range.channelOrder === 'grey' ? 1 : 3;
  const sources = teachableMachineExport({ channels });
  const { base, network } = await importLayers(
    sources.map(({ name, size, read }) => new File([read(0, size)], name)),
  );
  const classifier = classifierNetwork({ network, cut: CUT, head });
  const spec = {
    version: 2,
    inputHeight: SIDE,
    inputWidth: SIDE,
    framing: 'padded',
    ...range,
  } as const;
  const parts = { network: classifier, labels: LABELS, preprocessing: spec };
  const files = await kerasFiles({ ...parts, modelName: 'Cups', createdAt: new Date(0) }, write);
  return {
    baseId: base.id,
    head,
    files: files.map(({ path, bytes }) => new File([bytes], path)),
    probabilities: await answerOf(classifier, spec, formulaPixels(SIDE, SIDE)),
  };
}

async function zipOf(files: readonly File[], name = 'Cups.zip', level = 6): Promise<File> {
  const contents = await Promise.all(
    files.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const),
  );
  const { size, read } = await zipFixture(Object.fromEntries(contents), level);
  return new File([read(0, size)], name);
}

const RANGES: readonly PixelRange[] = [
  PIXEL_RANGES['signed-unit'],
  PIXEL_RANGES['imagenet-standardised'],
  PIXEL_RANGES['bgr-minus-means'],
  { channelOrder: 'grey', scale: [1 / 127], offset: [-1] },
];

describe.each(WRITERS)('an export of ours as %s', (_, write) => {
  it.each(RANGES)('finds its base again, and answers as before: %j', async (range) => {
    const { baseId, head, files, probabilities } = await exported(write, range);
    const model = await openModel(services, { files });
    expect(model).toMatchObject({ base: { id: baseId }, cut: CUT, classNames: LABELS, head });
    const { framing, channelOrder } = model.preprocessing;
    expect({ framing, channelOrder }).toEqual({
      framing: 'padded',
      channelOrder: range.channelOrder,
    });
    expect(await services.database.count('bases')).toBe(1);
    expect(largestDifference(await answerOfModel(model), probabilities)).toBeLessThan(1e-5);
  });

  it.each([0, 6])('opens from its zip, packed with level %i', async (level) => {
    const { baseId, files } = await exported(write, PIXEL_RANGES['signed-unit']);
    const card = new File(['{"name": "Cups and bowls"}'], 'model_card.json');
    const model = await openModel(services, {
      files: [await zipOf([...files, card], 'x.zip', level)],
    });
    expect(model).toMatchObject({
      base: { id: baseId },
      classNames: LABELS,
      name: 'Cups and bowls',
      preprocessing: { framing: 'padded' },
    });
  });

  it('brings its base where that is gone, hidden layers and all', async () => {
    const hidden = { kernel: formulaHead(4, 5).kernel, bias: new Float32Array(5) };
    const head = { ...formulaHead(5, 3), hidden: [{ ...hidden, activation: 'relu' as const }] };
    const range = PIXEL_RANGES['bgr-minus-means'];
    const { baseId, files, probabilities } = await exported(write, range, head);
    await services.database.clear('bases');
    services.loadBase.forget(baseId as never);
    const model = await openModel(services, { files });
    expect(model.head).toEqual(head);
    // Photos that are added later meet the same layers.
    expect(model.base.pixelRange).toEqual(PIXEL_RANGES.bytes);
    expect(largestDifference(await answerOfModel(model), probabilities)).toBeLessThan(1e-5);
    const again = await openModel(services, { files });
    expect(again).toMatchObject({ base: { id: model.base.id }, cut: model.cut });
    expect(await services.database.count('bases')).toBe(1);
  });
});

describe('a classifier that Keras itself wrote', () => {
  const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as number[];
  const model = new File([readFileSync(join(FOLDER, 'model.keras'))], 'model.keras');
  const h5 = new File([gunzipSync(readFileSync(join(FOLDER, 'model.h5.gz')))], 'model.h5');
  const labelText = 'Mug\r\nBowl\r\n3 spoons\r\n';
  const labels = new File([labelText], 'labels.txt');
  const pixels = Uint8ClampedArray.from({ length: SIDE * SIDE * 3 }, (_, i) => (i * 37) % 256);

  it.each([model, h5])(
    'finds the base within it, its batch norms not folded: $name',
    async (file) => {
      const bytes = readFileSync(join(FOLDER, 'base.keras'));
      const { base } = await importLayers([new File([bytes], 'base.keras')]);
      const opened = await openModel(services, { files: [labels, file] });
      expect(opened).toMatchObject({
        base: { id: base.id },
        cut: { pooling: 'global-average' },
        classNames: LABELS,
        preprocessing: { framing: 'centre-square', scale: [1 / 127.5], offset: [-1] },
        name: null,
      });
      const { network } = await services.loadBase(opened.base.id);
      if (!('layers' in network)) throw new Error('Not layers');
      const whole = classifierNetwork({ network, cut: opened.cut, head: opened.head });
      const answer = await answerOf(whole, opened.preprocessing, pixels);
      expect(largestDifference(answer, expected)).toBeLessThan(1e-5);
    },
  );

  it.each([model, h5])('is its own base where that is not at hand: $name', async (file) => {
    const opened = await openModel(services, { files: [await zipOf([file, labels])] });
    expect(opened.preprocessing).toMatchObject(PIXEL_RANGES.bytes);
    const { network } = await services.loadBase(opened.base.id);
    if (!('layers' in network)) throw new Error('Not layers');
    const whole = classifierNetwork({ network, cut: opened.cut, head: opened.head });
    const answer = await answerOf(whole, opened.preprocessing, pixels);
    expect(largestDifference(answer, expected)).toBeLessThan(1e-5);
  });

  it('opens with all that a training job leaves beside it', async () => {
    const accuracy = { train: 1, validation: 0.9 };
    const metrics = { accuracy, accuracyInGraft: { validation: 0.9, test: null }, chosen: null };
    const files = [
      new File([labelText.replaceAll('\r', '')], 'labels.txt'),
      new File([JSON.stringify(metrics, null, 2)], 'metrics.json'),
      model,
      new File([specWith({ framing: 'padded' })], 'preprocessing.json'),
    ];
    const opened = await openModel(services, { files });
    expect(opened).toMatchObject({ classNames: LABELS, preprocessing: { framing: 'padded' } });
    const { network } = await services.loadBase(opened.base.id);
    if (!('layers' in network)) throw new Error('Not layers');
    const whole = classifierNetwork({ network, cut: opened.cut, head: opened.head });
    const answer = await answerOf(whole, opened.preprocessing, pixels);
    expect(largestDifference(answer, expected)).toBeLessThan(1e-5);
  });

  const refusals: readonly (readonly [string, readonly File[], object])[] = [
    ['no labels.txt', [model], { code: 'labels-missing' }],
    [
      'another number of labels',
      [model, new File(['0 Mug\n1 Bowl\n'], 'labels.txt')],
      { code: 'labels-mismatch', details: { numLabels: 2, numOutputs: 3 } },
    ],
    [
      'labels that are no text',
      [model, new File([Uint8Array.of(0xff, 0xfe, 10, 65, 10, 66)], 'labels.txt')],
      { code: 'base-invalid', details: { file: 'labels.txt' } },
    ],
    [
      'labels without end',
      [model, new File(['x'.repeat(2e6)], 'labels.txt')],
      { code: 'base-invalid', details: { file: 'labels.txt' } },
    ],
    [
      'a preprocessing.json that is none',
      [model, labels, new File(['{"spec": {'], 'preprocessing.json')],
      { code: 'base-invalid', details: { file: 'preprocessing.json' } },
    ],
    [
      'a framing that nobody knows',
      [model, labels, new File([specWith({ framing: '../tilted' })], 'preprocessing.json')],
      { code: 'base-invalid', details: { file: 'preprocessing.json' } },
    ],
    [
      'a TensorFlow Lite file that ends at once',
      [labels, new File(['\0\0\0\0TFL3'], 'model.tflite')],
      { code: 'base-invalid', details: { file: 'model.tflite' } },
    ],
  ];

  it.each(refusals)('is refused with a sentence: %s', async (_, files, error) => {
    await expect(openModel(services, { files })).rejects.toMatchObject(error);
    await expect(openModel(services, { files: [await zipOf(files)] })).rejects.toMatchObject(error);
    expect(await services.database.count('bases')).toBe(0);
  });
});

function specWith(settings: object): string {
  const spec = { channelOrder: 'rgb', scale: [1], offset: [0], ...settings };
  return JSON.stringify({ spec });
}
