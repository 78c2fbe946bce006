import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STARTER_BASE } from '../../src/catalogue/bases.ts';
import { decodeFloat16, encodeFloat16 } from '../../src/domain/float16.ts';
import { SCRIPT_NAME } from '../../src/domain/hostileFixture.ts';
import type { Head, TunedTensor } from '../../src/domain/head.ts';
import type { Sha256 } from '../../src/domain/ids.ts';
import { PIXEL_RANGES } from '../../src/domain/pixelRanges.ts';
import { createPlan } from '../../src/engine/plan.ts';
import { activationsNpz } from '../../src/exporters/data/activationsNpz.ts';
import { headFiles } from '../../src/exporters/data/headFiles.ts';
import type { PhotoRows } from '../../src/exporters/data/photoRows.ts';
import { projectorFiles } from '../../src/exporters/data/projectorFiles.ts';
import { formulaDeepHead } from '../../src/exporters/exportFixture.ts';
import { classifierNetwork } from '../../src/network/compose.ts';
import type { Network } from '../../src/network/network.ts';

const SIZE = 256;
const NUM_PHOTOS = 300;
/** What a table, a page or a terminal could take for something else. */
const CLASS_NAMES = [SCRIPT_NAME, 'a\tb\r\nc', '\u{1f41d} bees', '"=1+1"', '__proto__'];
const PARTS = ['train', 'validation', 'test'] as const;

/** Data files of formula-made activations and a head with every hidden layer, and what should be in them. */
export async function writeDataCase(root: string): Promise<string> {
  const folder = join(root, 'data');
  mkdirSync(folder, { recursive: true });
  const rows = Array.from({ length: NUM_PHOTOS }, (_, photo) =>
    Float32Array.from({ length: SIZE }, (_value, i) => Math.max(0, 4 * Math.sin(photo * 31 + i))),
  ).map(encodeFloat16);
  const activations = rows.map(decodeFloat16);
  const { photos, ...table } = photoRows(rows);
  const head = exampleHead();
  // Of the starter base: only names and positions of its layers are told.
  const body = namedBody();
  const files = [
    ...headFiles({ modelName: 'Bees', base: STARTER_BASE, body, head }),
    ...(await projectorFiles({ photos, ...table, batches: oneByOne(rows) })),
    {
      path: 'activations.npz',
      bytes: await activationsNpz({ photos, ...table, batches: oneByOne(rows) }, { name: 'Bees' }),
    },
  ];
  for (const { path, bytes } of files) {
    writeFileSync(join(folder, path), new Uint8Array(await bytes.arrayBuffer()));
  }
  const expected = {
    photos: photos.map(({ imageHash }) => imageHash),
    probabilities: await answersOf(head, activations),
    activations: activations.map((row) => [...row]),
    labels: photos.map(({ classIndex }) => classIndex),
    parts: photos.map(({ part }) => part),
    photoNames: photos.map(({ fileName }) => fileName),
    classNames: CLASS_NAMES,
    tensors: { 'base.second.kernel': [...(head.tuned?.[0]?.values ?? [])] },
  };
  writeFileSync(join(folder, 'expected.json'), JSON.stringify(expected));
  return folder;
}

function photoRows(rows: readonly Uint16Array[]): PhotoRows {
  const photos = rows.map((_, i) => ({
    imageHash: i.toString(16).padStart(64, '0') as Sha256,
    classIndex: i % CLASS_NAMES.length,
    part: PARTS[i % PARTS.length] ?? 'train',
    fileName: `${CLASS_NAMES[i % CLASS_NAMES.length] ?? ''}/${i}.jpg`,
  }));
  return { photos, classNames: CLASS_NAMES, activationSize: SIZE, batches: oneByOne(rows) };
}

async function* oneByOne(rows: readonly Uint16Array[]): PhotoRows['batches'] {
  for (const row of rows) yield await Promise.resolve([row]);
}

function exampleHead(): Head {
  const weights = formulaDeepHead(SIZE, CLASS_NAMES.length);
  const kernel = { shape: [1, 1, 3, SIZE], values: new Float32Array(3 * SIZE).map(Math.fround) };
  const tuned: TunedTensor = {
    position: 1,
    role: 'kernel',
    ...kernel,
    values: kernel.values.map((_, i) => Math.cos(i)),
  };
  const preprocessing = {
    version: 2,
    inputHeight: 8,
    inputWidth: 8,
    framing: 'centre-square',
    ...PIXEL_RANGES['signed-unit'],
  } as const;
  const labels = CLASS_NAMES.map((name) => ({ name }));
  const cut = { positions: [1], pooling: 'global-average' };
  return { weights, tuned: [tuned], classifier: { preprocessing, labels, cut } } as unknown as Head;
}

function namedBody(): Network {
  const kernel = { shape: [1, 1, 3, SIZE], values: new Float32Array(3 * SIZE) };
  const settings = { strides: [1, 1], dilations: [1, 1], padding: 'same' } as const;
  return {
    layers: [
      { kind: 'input', shape: [8, 8, 3], name: 'first', inputs: [], tensors: {} },
      {
        kind: 'conv2d',
        ...settings,
        activation: 'relu',
        name: 'second',
        inputs: [0],
        tensors: { kernel },
      },
    ],
  };
}

/** By the app's own plan, from the activations on. */
async function answersOf({ weights }: Head, rows: readonly Float32Array[]): Promise<number[][]> {
  const input: Network = {
    layers: [{ kind: 'input', shape: [SIZE], name: 'activations', inputs: [], tensors: {} }],
  };
  const cut = { positions: [0], pooling: 'none' } as const;
  const plan = createPlan(classifierNetwork({ network: input, cut, head: weights }), [SIZE]);
  const answers: number[][] = [];
  for (const row of rows) answers.push([...(await plan.run(row, 1))]);
  plan.dispose();
  return answers;
}
