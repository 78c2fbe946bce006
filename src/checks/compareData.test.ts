import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import type { ExportFile } from '../bridge/exportFile.ts';
import type { DataFormat } from '../domain/exportFormat.ts';
import { encodeFloat16 } from '../domain/float16.ts';
import { SCRIPT_NAME } from '../domain/hostileFixture.ts';
import type { BaseId, ClassLabelId, HeadId, ProjectId, RunId, Sha256 } from '../domain/ids.ts';
import { evaluate } from '../domain/metrics.ts';
import type { ClassifierSpec, CompletedRun } from '../domain/trainingRun.ts';
import { openBase } from '../engine/openBase.ts';
import { everyKindNetwork, formulaDeepHead, SMALL_SPEC } from '../exporters/exportFixture.ts';
import { tfjsLayersFiles } from '../exporters/tfjsLayers.ts';
import { exportData } from '../head/exportData.ts';
import { putActivations } from '../storage/activations.ts';
import { getStoredBase, putStoredBase } from '../storage/bases.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { putHead } from '../storage/heads.ts';
import { putProject } from '../storage/projects.ts';
import { headOf, imageOf, projectOf, runOf, sampleOf } from '../storage/rowsFixture.ts';
import { putRun } from '../storage/runs.ts';
import { addSamples } from '../storage/samples.ts';
import { compareData } from './compareData.ts';

// Pictures cannot be drawn in Node: a browser test sees that sprites are compared.
vi.mock('./compareSprite.ts', () => ({ compareSprite: () => Promise.resolve() }));

const SIZE = 5;
const NUM_PHOTOS = 7;
const CLASS_NAMES = [SCRIPT_NAME, 'a\tb\n| c \\ \u{1f41d}', ' \u2028 '];
const projectId = 'project' as ProjectId;
const headId = 'head' as HeadId;
const network = everyKindNetwork();

const classifier: ClassifierSpec = {
  baseId: 'own' as BaseId,
  graphHash: 'f'.repeat(64) as Sha256,
  cut: { positions: [network.layers.length - 1], pooling: 'global-average' },
  preprocessing: SMALL_SPEC,
  labels: CLASS_NAMES.map((name, i) => ({ id: `${i}` as ClassLabelId, name, colorIndex: i })),
};

const samples = Array.from({ length: NUM_PHOTOS }, (_, i) =>
  sampleOf(`photo ${i}`, projectId, `hash ${i}`, {
    fileName: i === 3 ? '../\t\n"=1+1"\0.png' : `${i}.jpg`,
    deletedAt: i === 6 ? 1 : null,
  }),
);

const evaluation = evaluate({
  trueIndices: [0, 1, 2, 0],
  probabilities: [0.9, 0.1, 0, 0.2, 0.8, 0, 0.1, 0.2, 0.7, 0.1, 0.9, 0],
  numClasses: 3,
});

const run: CompletedRun = runOf('run', projectId, {
  classifier,
  headId,
  samples: samples.map(({ id, imageHash }, i) => ({
    sampleId: id,
    imageHash,
    classIndex: i % 3,
    part: i < 4 ? 'train' : 'validation',
  })),
  evaluations: { validation: evaluation, test: null },
});

const tunedShape = network.layers.find(({ name }) => name === 'point')?.tensors.kernel?.shape ?? [];
const tunedPosition = network.layers.findIndex(({ name }) => name === 'point');
const head = {
  ...headOf(headId),
  classifier,
  weights: formulaDeepHead(SIZE, 3),
  tuned: [
    {
      position: tunedPosition,
      role: 'kernel',
      shape: tunedShape,
      values: Float32Array.from({ length: 30 }, (_, i) => Math.sin(i)),
    },
  ],
} as const;

function activationOf(photo: number): Uint16Array<ArrayBuffer> {
  return encodeFloat16(Float32Array.from({ length: SIZE }, (_, i) => i * Math.cos(photo * 7 + i)));
}

let database: Database;
const context = { signal: new AbortController().signal, report: () => undefined };
const sampleIds = samples.map(({ id }) => id);

beforeAll(async () => {
  vi.stubGlobal('self', { location: { href: 'http://localhost/' } });
  database = await openDatabase(`compare ${crypto.randomUUID()}`);
  await putProject(database, projectOf(projectId, { name: 'Pets\t|' }));
  await addSamples(
    database,
    samples,
    samples.map(({ imageHash }) => imageOf(imageHash)),
  );
  await putRun(database, run);
  await putHead(database, { ...head, runId: 'run' as RunId });
  const { baseId, graphHash, cut, preprocessing } = classifier;
  const space = { graphHash, cut, preprocessing, view: 'original' } as const;
  const batch = samples.map(({ imageHash }, i) => ({ imageHash, values: activationOf(i) }));
  await putActivations(database, space, batch);
  const files = tfjsLayersFiles(network).map(({ path, bytes }) => ({
    name: path,
    blob: new Blob([bytes]),
  }));
  const base = { ...STARTER_BASE, id: baseId, graphHash, name: 'Own | base' };
  await putStoredBase(database, { id: baseId, base, files, storedAt: 0 }, null);
});

async function write(format: DataFormat): Promise<readonly ExportFile[]> {
  const readBase = async () =>
    openBase(classifier.baseId, await getStoredBase(database, classifier.baseId));
  const params = { headId, format, sampleIds, modelName: 'Pets\t|' };
  const { files } = await exportData(params, { database, readBase }, context);
  if (format !== 'projector') return files;
  return [...files, { path: 'sprite.png', bytes: new Blob() }];
}

function compare(format: DataFormat, files: readonly ExportFile[]) {
  return compareData({ headId, format, sampleIds, files }, database, context);
}

const FORMATS = ['safetensors', 'activations-npz', 'projector', 'model-card'] as const;

test.each(FORMATS)('finds what is stored in %s, whatever the names are', async (format) => {
  const { numValues } = await compare(format, await write(format));
  expect(numValues).toBeGreaterThan(format === 'model-card' ? 40 : (NUM_PHOTOS - 1) * SIZE);
});

test('leaves out a photo that is deleted', async () => {
  const metadata = (await write('projector')).find(({ path }) => path === 'metadata.tsv');
  const lines = (await metadata?.bytes.text())?.trimEnd().split('\n');
  expect(lines).toHaveLength(NUM_PHOTOS);
});

/** The files with `from` made `to` in one of them, without another length. */
async function changed(
  files: readonly ExportFile[],
  path: string,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Promise<ExportFile[]> {
  return Promise.all(
    files.map(async (file) => {
      if (file.path !== path) return file;
      const bytes = change(new Uint8Array(await file.bytes.arrayBuffer()));
      return { path, bytes: new Blob([bytes]) };
    }),
  );
}

function replaced(from: string, to: string) {
  return (bytes: Uint8Array<ArrayBuffer>) => {
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain(from);
    return new TextEncoder().encode(text.replace(from, to));
  };
}

describe('refuses', () => {
  test.each([
    ['safetensors', 'architecture.json', replaced('"units": 3', '"units": 4')],
    [
      'safetensors',
      'architecture.json',
      replaced('"pooling": "global-average"', '"pooling": "flatten"'),
    ],
    ['safetensors', 'architecture.json', replaced('"tanh"', '"relu"')],
    ['safetensors', 'architecture.json', replaced('"name": "point"', '"name": "conv"')],
    [
      'safetensors',
      'preprocessing.json',
      replaced('"offset": [\n      -1', '"offset": [\n      1'),
    ],
    ['safetensors', 'labels.txt', replaced('0 <img', '1 <img')],
    ['safetensors', 'MODEL_CARD.md', replaced('| 2 | 1 | 0 |', '| 2 | 2 | 0 |')],
    ['projector', 'vectors.tsv', replaced('\t', '\t1')],
    ['projector', 'vectors.tsv', replaced('\t', '')],
    ['projector', 'metadata.tsv', replaced('\ttrain\t', '\ttest\t')],
    ['projector', 'projector_config.json', replaced('5', '4')],
    ['model-card', 'model_card.json', replaced('"seed": 1', '"seed": 2')],
    ['model-card', 'model_card.json', replaced('"numSamples": 4', '"numSamples": 5')],
  ] as const)('%s with another value in %s', async (format, path, change) => {
    const files = await changed(await write(format), path, change);
    await expect(compare(format, files)).rejects.toMatchObject({ code: 'data-differs' });
  });

  test('a tensor with another value, and says by how much', async () => {
    const files = await changed(await write('safetensors'), 'head.safetensors', (bytes) => {
      const view = new DataView(bytes.buffer);
      view.setFloat32(bytes.length - 4, view.getFloat32(bytes.length - 4, true) + 0.5, true);
      return bytes;
    });
    await expect(compare('safetensors', files)).rejects.toMatchObject({
      code: 'data-differs',
      details: { different: 1, difference: 0.5, place: 'base.point.kernel' },
    });
  });

  test.each([
    ['safetensors', 'head.safetensors'],
    ['activations-npz', 'activations.npz'],
    ['projector', 'vectors.tsv'],
    ['projector', 'projector_config.json'],
    ['model-card', 'model_card.json'],
  ] as const)('%s with %s cut short', async (format, path) => {
    const files = await changed(await write(format), path, (bytes) => bytes.slice(0, -9));
    await expect(compare(format, files)).rejects.toMatchObject({ code: 'data-unreadable' });
  });

  test('arrays of other photos than those that are stored', async () => {
    const files = await write('activations-npz');
    const other = sampleIds.slice(0, 5);
    const comparing = compareData(
      { headId, format: 'activations-npz', sampleIds: other, files },
      database,
      context,
    );
    await expect(comparing).rejects.toMatchObject({ code: 'data-unreadable' });
    const { graphHash, cut, preprocessing } = classifier;
    const space = { graphHash, cut, preprocessing, view: 'original' } as const;
    await putActivations(database, space, [
      { imageHash: 'hash 0' as Sha256, values: activationOf(1) },
    ]);
    await expect(compare('activations-npz', files)).rejects.toMatchObject({
      code: 'data-differs',
      details: { place: 'activations' },
    });
  });
});
