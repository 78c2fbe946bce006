import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import type { ModelFormat } from '../domain/exportFormat.ts';
import type { Head } from '../domain/head.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { createPlan } from '../engine/plan.ts';
import { preprocessPixels, writeInput, type Picture } from '../engine/preprocess.ts';
import { everyKindNetwork, formulaHead, SMALL_SPEC } from '../exporters/exportFixture.ts';
import { classifierNetwork } from '../network/compose.ts';
import { graphInput, graphModelFixture, graphNode } from '../network/graphModel/graphFixture.ts';
import { loadGraphModel } from '../network/loadGraphModel.ts';
import { exampleRun } from '../state/stateFixture.tsx';
import { opaque, writePhotos } from './examplePhotosFixture.ts';
import { exportModel, type ExportSources } from './exportModel.ts';
import { inMemory } from '../exporters/blobFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'graft-examples-'));
const LABELS = ['cat', 'dog on a mat', '狗'];

const layers = everyKindNetwork();
const cut = { positions: [layers.layers.length - 1], pooling: 'global-average' } as const;
const layeredHead = headOf(cut, 5);

const graph = loadGraphModel(
  graphModelFixture([graphInput('in', 12, 12, 3), graphNode('Sin', 'sine', ['in'])], []),
);
const graphHead = headOf({ positions: [0], pooling: 'global-average' }, 3);

function headOf(ofCut: Head['classifier']['cut'], activationSize: number): Head {
  const labels = LABELS.map((name) => ({ name }));
  return {
    id: 'head',
    classifier: { cut: ofCut, preprocessing: SMALL_SPEC, labels },
    weights: formulaHead(activationSize, LABELS.length),
  } as unknown as Head;
}

/** Writes what the app gives for the format; its examples find their packages among the project's. */
async function writeExport(format: ModelFormat): Promise<string> {
  const isGraph = format === 'tfjs-graph';
  const head = isGraph ? graphHead : layeredHead;
  const sources = {
    readHead: () => Promise.resolve(head),
    readBase: () =>
      Promise.resolve({
        base: STARTER_BASE,
        network: isGraph && !('network' in graph) ? graph : layers,
      }),
    readRun: () => Promise.resolve(exampleRun('run-1')),
    readDemo: () => Promise.resolve([]),
    now: () => new Date(0),
  } satisfies ExportSources;
  const context = { signal: new AbortController().signal, report: () => undefined };
  const request = { headId: head.id, modelName: 'Pets', format };
  const { files } = await exportModel(request, sources, context);
  const root = join(folder, format);
  for (const { path, bytes } of await inMemory(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return join(root, 'examples');
}

/** What the app says: its own preprocessing and its own plan. */
async function appAnswer(picture: Picture): Promise<number[]> {
  const network = classifierNetwork({ network: layers, cut, head: layeredHead.weights });
  const plan = createPlan(network, [12, 12, 3]);
  const answer = await plan.run(inputOf(picture), 1);
  plan.dispose();
  return [...answer];
}

function inputOf(picture: Picture): Float32Array {
  const input = new Float32Array(12 * 12 * 3);
  writeInput(preprocessPixels(picture, SMALL_SPEC), SMALL_SPEC, input, 0);
  return input;
}

/** The graph takes the sine of every value; mean and head are few enough to be written out. */
function graphAnswer(picture: Picture): Promise<number[]> {
  const input = inputOf(picture);
  const means = [0, 1, 2].map(
    (channel) =>
      input.reduce((sum, value, i) => sum + (i % 3 === channel ? Math.sin(value) : 0), 0) / 144,
  );
  const { kernel, bias } = graphHead.weights;
  const exponents = LABELS.map((_, label) =>
    Math.exp(
      means.reduce((sum, mean, i) => sum + mean * (kernel[3 * i + label] ?? 0), bias[label] ?? 0),
    ),
  );
  const sum = exponents.reduce((total, value) => total + value, 0);
  return Promise.resolve(exponents.map((value) => value / sum));
}

interface Line {
  readonly file: string;
  readonly class: string;
  readonly probabilities: readonly number[];
}

/** Lines that `predict.mjs` prints, what it complains of, and its exit status. */
async function predict(examples: string, files: readonly string[]) {
  const args = ['predict.mjs', ...files.map((file) => join(folder, file))];
  const { stdout, stderr, code } = await promisify(execFile)(process.execPath, args, {
    cwd: examples,
  }).then(
    (done) => ({ ...done, code: 0 }),
    (failed: unknown) => failed as { stdout: string; stderr: string; code: number },
  );
  const lines = stdout.trim().split('\n');
  return { lines: lines.map((line) => JSON.parse(line) as Line), stderr, code };
}

/** The JPEG decoder rounds by a step or so of 255. */
const TOLERANCE = 1e-3;

function expectAnswer(
  className: string,
  probabilities: readonly number[],
  expected: readonly number[],
): void {
  expect(className).toBe(LABELS[expected.indexOf(Math.max(...expected))]);
  expect(probabilities).toHaveLength(expected.length);
  const differences = expected.map((value, i) => Math.abs(value - (probabilities[i] ?? NaN)));
  expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
}

let photos: Record<string, Picture> = {};

beforeAll(async () => {
  await useTestBackend('cpu');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  photos = await writePhotos(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('predict.mjs', () => {
  it.each([
    ['onnx', appAnswer, ['broken.jpg', 'words.txt', 'none.jpg']],
    ['tfjs-layers', appAnswer, []],
    ['tfjs-graph', graphAnswer, []],
  ] as const)('answers for photo files as the app does: %s', async (format, answerOf, bad) => {
    const examples = await writeExport(format);
    const { lines, stderr, code } = await predict(examples, [...bad, ...Object.keys(photos)]);
    expect(lines.map(({ file }) => file)).toEqual(Object.keys(photos));
    for (const line of lines) {
      const expected = await answerOf(photos[line.file] ?? opaque);
      expectAnswer(line.class, line.probabilities, expected);
    }
    for (const file of bad) expect(stderr).toContain(`${join(folder, file)}: `);
    expect(code).toBe(bad.length > 0 ? 1 : 0);
  });
});

describe('server.mjs', () => {
  let server: ChildProcess | null = null;
  let address = '';

  beforeAll(async () => {
    const examples = await writeExport('onnx');
    const env = { ...process.env, PORT: '0' };
    const started = spawn(process.execPath, ['server.mjs'], { cwd: examples, env });
    server = started;
    const said = await new Promise<string>((resolveSaid, reject) => {
      started.stdout.once('data', (data: Buffer) => resolveSaid(data.toString()));
      started.once('exit', (code) => reject(new Error(`The server ended with ${code ?? '?'}`)));
    });
    address = `http://localhost:${/port (\d+)/.exec(said)?.[1] ?? ''}`;
  });

  afterAll(() => {
    server?.kill();
  });

  const post = (body: Uint8Array<ArrayBuffer>) => fetch(address, { method: 'POST', body });
  const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)));

  it('answers several photos at once as the app does', async () => {
    await Promise.all(
      Object.entries(photos).map(async ([file, picture]) => {
        const response = await post(bytesOf(file));
        expect(response.status).toBe(200);
        const answer = (await response.json()) as {
          readonly class: string;
          readonly probabilities: Readonly<Record<string, number>>;
        };
        expect(Object.keys(answer.probabilities)).toEqual(LABELS);
        const probabilities = Object.values(answer.probabilities);
        expectAnswer(answer.class, probabilities, await appAnswer(picture));
      }),
    );
  });

  it('refuses what is no photo, what is too large, and other methods, and lives on', async () => {
    const words = new TextEncoder().encode('No photo at all');
    const whole = bytesOf('upright.jpg');
    for (const body of [words, new Uint8Array(), whole.slice(0, whole.length / 2)]) {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: 'Not a photo that can be read' });
    }
    expect((await post(new Uint8Array(21 * 2 ** 20))).status).toBe(413);
    expect((await fetch(address)).status).toBe(405);
    expect((await post(whole)).status).toBe(200);
  });
});
