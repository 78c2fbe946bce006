import { beforeAll, expect, it } from 'vitest';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  type DeeperConfig,
  type GradientConfig,
} from '../../domain/headConfig.ts';
import { sha256 } from '../../domain/sha256.ts';
import { allOf, withZipHere } from '../intakeFixture.ts';
import { listZip } from '../zipReading.ts';
import { archiveInput } from './archiveFixture.ts';
import { openArchive, type OpenedArchive } from './openArchive.ts';
import { writeArchive, type ArchiveInput } from './writeArchive.ts';

const { signal } = new AbortController();
const ignoreProgress = () => undefined;

let input: ArchiveInput;
let file: File;
let opened: OpenedArchive;

async function saved(changes: Partial<ArchiveInput> = {}): Promise<File> {
  return new File([await writeArchive(withZipHere, { ...input, ...changes })], 'flowers.graft');
}

beforeAll(async () => {
  input = await archiveInput();
  file = await saved();
  opened = await openArchive(file, { signal, onProgress: ignoreProgress });
});

/** The value with every id replaced by the number of its first appearance, so that only references count. */
function withNumberedIds(value: unknown): unknown {
  const numbers = new Map<string, string>();
  const isId = (key: string) =>
    ['id', 'projectId', 'classLabelId', 'sampleId', 'runId', 'headId'].includes(key);
  const numberOf = (id: string) => {
    if (!numbers.has(id)) numbers.set(id, `#${numbers.size}`);
    return numbers.get(id);
  };
  const visit = (each: unknown, key: string): unknown => {
    if (typeof each === 'string') return isId(key) ? numberOf(each) : each;
    if (Array.isArray(each))
      return each.map((item) => visit(item, key === 'sampleIds' ? 'sampleId' : ''));
    if (ArrayBuffer.isView(each) || typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      Object.entries(each)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, item]) => [name, visit(item, name)]),
    );
  };
  return visit(value, '');
}

it('brings everything back, with the references between the parts', () => {
  const { project, samples, runs, heads } = input;
  const ended = runs.filter(({ status }) => status !== 'running');
  const { project: p, samples: s, runs: r, heads: h } = opened;
  expect(withNumberedIds({ project: p, samples: s, runs: r, heads: h })).toEqual(
    withNumberedIds({ project, samples, runs: ended, heads }),
  );
});

it('brings the weights back bit for bit', () => {
  const { weights } = opened.heads[0] ?? {};
  expect(weights?.kernel).toEqual(input.heads[0]?.weights.kernel);
  expect(Object.is(weights?.kernel[4], -0)).toBe(true);
});

it('brings back settings that name classes, and heads with hidden layers', async () => {
  const [label] = input.project.classLabels;
  const [head] = input.heads;
  if (label === undefined || head === undefined) throw new Error('The fixture has both');
  const headConfig: GradientConfig = {
    ...DEFAULT_GRADIENT_CONFIG,
    optimizer: { kind: 'adamw', weightDecay: 0.1 },
    schedule: { kind: 'step', warmUpEpochs: 1, stepEpochs: 2, stepFactor: 0.5 },
    hiddenLayers: [{ units: 3, activation: 'elu', hasBatchNorm: true, dropout: 0.25 }],
    initialisation: { kernel: { kind: 'constant', kernelValue: 0.5 }, biasValue: 0.1 },
    clipping: { kind: 'norm', clipLimit: 2 },
    classWeights: { kind: 'own', byClass: { [label.id]: 2 } },
    earlyStopping: { patience: 3 },
  };
  const hidden = [
    {
      kernel: Float32Array.of(1, 2, 3, 4, 5, 6),
      bias: Float32Array.of(7, 8, 9),
      activation: 'elu',
    },
    { kernel: Float32Array.of(1, 2, 3), bias: Float32Array.of(4), activation: 'tanh' },
  ] as const;
  const weights = { hidden, kernel: Float32Array.of(5, 6), bias: Float32Array.of(7, 8) };
  const saving = saved({
    project: { ...input.project, headConfig },
    heads: [{ ...head, weights }, ...input.heads.slice(1)],
  });
  const { project, heads } = await openArchive(await saving, {
    signal,
    onProgress: ignoreProgress,
  });
  expect(heads[0]?.weights).toEqual(weights);
  const byClass = { [project.classLabels[0]?.id ?? '']: 2 };
  expect(project.headConfig).toEqual({ ...headConfig, classWeights: { kind: 'own', byClass } });
});

it('brings back a deeper training that weighs classes', async () => {
  const [label] = input.project.classLabels;
  const headConfig: DeeperConfig = {
    ...DEFAULT_DEEPER_CONFIG,
    labelSmoothing: 0.25,
    classWeights: { kind: 'own', byClass: Object.fromEntries([[label?.id ?? '', 3]]) },
  };
  const saving = saved({ project: { ...input.project, headConfig } });
  const { project } = await openArchive(await saving, { signal, onProgress: ignoreProgress });
  const byClass = { [project.classLabels[0]?.id ?? '']: 3 };
  expect(project.headConfig).toEqual({ ...headConfig, classWeights: { kind: 'own', byClass } });
});

it('brings each picture back once, with its type', async () => {
  const images = await allOf(opened.images());
  expect(opened.numImages).toBe(3);
  expect(images.map(({ blob }) => blob.type)).toEqual(['image/jpeg', 'image/png', '']);
  for (const { hash, blob } of images) expect(await sha256(await blob.arrayBuffer())).toBe(hash);
  expect(images.map(({ hash }) => hash)).toEqual(input.samples.slice(0, 3).map((s) => s.imageHash));
});

it('brings back the bases that were trained by Graft, and their files', async () => {
  const withTexts = (bases: ArchiveInput['bases']) =>
    Promise.all(
      bases.map(async ({ files, ...base }) => ({
        ...base,
        files: await Promise.all(
          files.map(async ({ name, read }) => [name, await (await read()).text()]),
        ),
      })),
    );
  expect(opened.bases).toHaveLength(1);
  expect(await withTexts(opened.bases)).toEqual(await withTexts(input.bases));
});

it('makes a second project when opened twice', async () => {
  const again = await openArchive(file, { signal, onProgress: ignoreProgress });
  const idsOf = ({ project, samples, runs, heads }: OpenedArchive) =>
    [project, ...project.classLabels, ...samples, ...runs, ...heads].map(({ id }) => id as string);
  const first = new Set(idsOf(opened));
  expect(first.size).toBe(1 + 2 + 4 + 3 + 1);
  expect(idsOf(again).filter((id) => first.has(id))).toEqual([]);
  expect(JSON.stringify(again)).not.toMatch(/"(?:project|class|sample|run|head)-/u);
});

it('is laid out as described, photos stored as they are', async () => {
  const files = await allOf(listZip(file));
  const hashes = input.samples.map(({ imageHash }) => imageHash);
  expect(files.map(({ path }) => path)).toEqual([
    'manifest.json',
    'project.json',
    'samples.json',
    'runs.json',
    'heads/head-1.json',
    'heads/head-1.bin',
    'bases.json',
    `bases/${'ab'.repeat(32)}/model.json`,
    `bases/${'ab'.repeat(32)}/weights.bin`,
    `images/${String(hashes[0])}.jpg`,
    `images/${String(hashes[1])}.png`,
    `images/${String(hashes[2])}.bin`,
  ]);
  for (const { path, sizeBytes, compressedBytes } of files) {
    if (path.startsWith('images/')) expect(compressedBytes).toBe(sizeBytes);
  }
});

it('tells how far it is, in both directions', async () => {
  const steps: string[] = [];
  const onProgress = (done: number, total: number) => steps.push(`${done}/${total}`);
  await openArchive(await saved({ onProgress }), { signal, onProgress });
  expect(steps).toEqual(['1/3', '2/3', '3/3', '1/3', '2/3', '3/3']);
});

it('stops when cancelled, in both directions', async () => {
  const cancelAtOnce = () => {
    const controller = new AbortController();
    return { signal: controller.signal, onProgress: () => controller.abort() };
  };
  await expect(writeArchive(withZipHere, { ...input, ...cancelAtOnce() })).rejects.toMatchObject({
    code: 'cancelled',
  });
  await expect(openArchive(file, cancelAtOnce())).rejects.toMatchObject({ code: 'cancelled' });
});

it('saves no project with a photo missing', async () => {
  await expect(saved({ getImage: () => Promise.resolve(undefined) })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('saves and opens a project with nothing in it', async () => {
  const project = { ...input.project, classLabels: [] };
  const empty = await saved({ project, samples: [], runs: [], heads: [], bases: [] });
  const { samples, numImages } = await openArchive(empty, { signal, onProgress: ignoreProgress });
  expect([samples, numImages]).toEqual([[], 0]);
});
