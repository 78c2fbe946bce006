import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSETS, BETTER_BASE, serveBetterBase } from './catalogueServer.ts';
import { expect, test } from './fixtures.ts';
import { readZip } from './zipFiles.ts';

const FLOWERS = join(ASSETS ?? '', 'photos', 'flowers');
const NUM_EACH = 40;
const PYTHON = process.env['PYTHON'] ?? 'python3';

function hasPackages(): boolean {
  return spawnSync(PYTHON, ['-c', 'import numpy, PIL, onnxruntime']).status === 0;
}

/** Of each class, photos to learn from and as many others, whose paths it gives. */
function copyFlowers(folder: string): string[] {
  return readdirSync(FLOWERS).flatMap((className) => {
    mkdirSync(join(folder, className), { recursive: true });
    const names = readdirSync(join(FLOWERS, className)).sort();
    for (const name of names.slice(0, NUM_EACH)) {
      copyFileSync(join(FLOWERS, className, name), join(folder, className, name));
    }
    return names.slice(NUM_EACH, 2 * NUM_EACH).map((name) => join(FLOWERS, className, name));
  });
}

interface Answer {
  readonly file: string;
  readonly class: string;
  readonly probabilities: readonly number[];
}

test.describe('Python on real flowers (needs GRAFT_ASSETS and a Python with onnxruntime)', () => {
  test.skip(ASSETS === undefined || !hasPackages(), 'needs GRAFT_ASSETS and onnxruntime');
  test.setTimeout(300_000);

  test('the exported program answers for JPEG files as the app does', async ({
    context,
    screens,
    folder,
  }) => {
    const { projects, collect, train, predict } = screens;
    const photos = copyFlowers(join(folder, 'flowers'));
    await serveBetterBase(context);
    await projects.open();
    await projects.create('Flowers');
    await collect.startDownload(BETTER_BASE.name);
    await collect.expectBaseInUse(BETTER_BASE.name);
    await collect.drop(join(folder, 'flowers'));
    await collect.expectNumPhotos(NUM_EACH * 5);
    await train.open();
    await train.train();

    await predict.open();
    await predict.drop(...photos);
    await predict.expectAnswers(photos.length);
    const rows = await predict.downloadCsv();
    const inApp = new Map(rows.map((row) => [row.file, row]));

    await screens.export.open();
    const zip = await readZip(await screens.export.downloadModel(folder, 'ONNX'));
    const exported = join(folder, 'onnx');
    mkdirSync(exported);
    for (const [path, bytes] of zip) writeFileSync(join(exported, path), bytes);
    const program = spawnSync(PYTHON, [join(exported, 'predict.py'), ...photos], {
      encoding: 'utf8',
    });
    expect(program.stderr).toBe('');
    const answers = program.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    expect(answers).toHaveLength(200);

    let numSame = 0;
    let sum = 0;
    for (const { file, class: className, probabilities } of answers) {
      const app = inApp.get(file);
      if (app?.className === className) numSame++;
      const differences = probabilities.map((value, i) =>
        Math.abs(value - (app?.probabilities[i] ?? NaN)),
      );
      sum += Math.max(...differences);
    }
    const description = `${numSame} of 200 the same, mean largest difference ${sum / 200}`;
    test.info().annotations.push({ type: 'python', description });
    expect(numSame).toBeGreaterThanOrEqual(198);
    expect(sum / 200).toBeLessThan(0.02);
  });
});
