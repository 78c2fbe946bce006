import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ASSETS, BETTER_BASE, serveBetterBase } from './catalogueServer.ts';
import { expect, test } from './fixtures.ts';
import { isMissing, PYTHON } from './python.ts';
import { unpackZip } from './zipFiles.ts';

const FLOWERS = join(ASSETS ?? '', 'photos', 'flowers');
const NUM_EACH = 40;
/** Of the 200, for programs that take long to answer for all. */
const EVERY_TENTH = 10;

/** Each in a zip of its own, with the programs that tests run on it. */
const FORMATS = ['ONNX', 'TF.js', 'Keras', 'TensorFlow Lite'];

/** Of each class, photos to learn from and as many others, whose paths it gives. */
function copyFlowers(target: string): string[] {
  return readdirSync(FLOWERS).flatMap((className) => {
    mkdirSync(join(target, className), { recursive: true });
    const names = readdirSync(join(FLOWERS, className)).sort();
    for (const name of names.slice(0, NUM_EACH)) {
      copyFileSync(join(FLOWERS, className, name), join(target, className, name));
    }
    return names.slice(NUM_EACH, 2 * NUM_EACH).map((name) => join(FLOWERS, className, name));
  });
}

interface Answer {
  readonly className: string;
  readonly probabilities: readonly number[];
}

/** By file name: what the app said. */
let inApp: ReadonlyMap<string, Answer> = new Map();
let photos: readonly string[] = [];
let shared = '';

/** Runs a program of an export on photos and compares with the app; notes how near it came. */
function expectAppAnswers(
  [command, ...args]: readonly [string, ...string[]],
  paths: readonly string[],
): void {
  const program = spawnSync(command, [...args, ...paths], { encoding: 'utf8' });
  expect(program.status, program.stderr).toBe(0);
  const lines = program.stdout.trim().split('\n');
  expect(lines).toHaveLength(paths.length);
  let numSame = 0;
  const differences: number[] = [];
  for (const line of lines) {
    const answer = JSON.parse(line) as { file: string; class: string; probabilities: number[] };
    const app = inApp.get(answer.file);
    if (app?.className === answer.class) numSame++;
    const each = answer.probabilities.map((value, i) =>
      Math.abs(value - (app?.probabilities[i] ?? NaN)),
    );
    differences.push(Math.max(...each));
  }
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const description =
    `${numSame} of ${lines.length} the same, largest difference ${mean} on average, ` +
    `${Math.max(...differences)} at most`;
  test.info().annotations.push({ type: 'programs', description });
  expect(numSame).toBeGreaterThanOrEqual(0.99 * lines.length);
  expect(mean).toBeLessThan(0.02);
}

test.describe('programs of an export on JPEG files of flowers (needs GRAFT_ASSETS)', () => {
  test.skip(ASSETS === undefined, 'needs GRAFT_ASSETS');
  test.describe.configure({ mode: 'serial', timeout: 300_000 });

  test.beforeAll(() => {
    shared = mkdtempSync(join(tmpdir(), 'graft-programs-'));
    symlinkSync(resolve('node_modules'), join(shared, 'node_modules'));
  });

  test.afterAll(() => {
    rmSync(shared, { recursive: true, force: true });
  });

  test('Node with ONNX Runtime answers for 200 as the app does', async ({ context, screens }) => {
    const { projects, collect, train, predict } = screens;
    photos = copyFlowers(join(shared, 'flowers'));
    await serveBetterBase(context);
    await projects.open();
    await projects.create('Flowers');
    await collect.startDownload(BETTER_BASE.name);
    await collect.expectBaseInUse(BETTER_BASE.name);
    await collect.drop(join(shared, 'flowers'));
    await collect.expectNumPhotos(NUM_EACH * 5);
    await train.open();
    await train.train();

    await predict.open();
    await predict.drop(...photos);
    await predict.expectAnswers(photos.length);
    inApp = new Map((await predict.downloadCsv()).map((row) => [row.file, row]));

    await screens.export.open();
    for (const format of FORMATS) {
      await unpackZip(await screens.export.downloadModel(shared, format), join(shared, format));
    }
    expectAppAnswers([process.execPath, join(shared, 'ONNX/examples/predict.mjs')], photos);
  });

  test('Node with TensorFlow.js answers for 20 as the app does', () => {
    const few = photos.filter((_, i) => i % EVERY_TENTH === 0);
    expectAppAnswers([process.execPath, join(shared, 'TF.js/examples/predict.mjs')], few);
  });

  test('Python answers for 200 as the app does (needs onnxruntime)', () => {
    test.skip(isMissing('onnxruntime'), 'needs a Python with onnxruntime');
    expectAppAnswers([PYTHON, join(shared, 'ONNX/predict.py')], photos);
  });

  for (const format of ['Keras', 'TensorFlow Lite']) {
    test(`Python answers for 20 as the app does: ${format} (needs tensorflow)`, () => {
      test.skip(isMissing('keras', 'tensorflow'), 'needs a Python with keras and tensorflow');
      const few = photos.filter((_, i) => i % EVERY_TENTH === 0);
      expectAppAnswers([PYTHON, join(shared, format, 'predict.py')], few);
    });
  }
});
