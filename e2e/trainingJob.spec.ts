import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASSETS, BETTER_BASE, serveBetterBase } from './catalogueServer.ts';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { expectedWhenOpened, expectTrainedOn, type ExpectedWhenOpened } from './openedExports.ts';
import { isMissing, PYTHON } from './python.ts';
import { readZip, unpackZip } from './zipFiles.ts';

/** By another program for the same sum: of a probability, on pictures that neither was trained on. */
const SAME_OPTIMUM = 1e-3;

interface Job {
  readonly labels: readonly string[];
  readonly settings: { readonly solver: string };
  readonly numSamples: Readonly<Record<string, number>>;
  readonly accuracyInGraft: { readonly validation: number };
}

interface Metrics {
  readonly accuracy: { readonly validation: number };
  readonly accuracyInGraft: { readonly validation: number };
}

/** Unpacks a job and trains it by its own program. Gives what came out, and the folder with the model. */
async function runJob(zip: string, folder: string, python: string) {
  await unpackZip(zip, folder);
  const { status, stderr } = spawnSync(python, ['train.py'], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const out = join(folder, 'out');
  const metrics = JSON.parse(readFileSync(join(out, 'metrics.json'), 'utf8')) as Metrics;
  return { out, metrics };
}

test.describe('A training job of generated photos', () => {
  test.describe.configure({ mode: 'serial' });
  let kept = '';
  let saved = '';
  let expected: ExpectedWhenOpened | null = null;

  test.beforeAll(() => {
    kept = mkdtempSync(join(tmpdir(), 'graft-job-'));
  });

  test.afterAll(() => {
    rmSync(kept, { recursive: true });
  });

  test('leaves with the photos and all that trains on them', async ({ page, screens }) => {
    await collectGenerated(screens, join(kept, 'photos'), 12);
    await screens.train.open();
    await screens.train.train();
    expected = await expectedWhenOpened(kept, screens);
    await screens.export.open();
    saved = await screens.export.saveTrainingJob(kept);
    const zip = await readZip(saved);
    expect([...zip.keys()]).toEqual(
      expect.arrayContaining([
        'README.md',
        'train.py',
        'on_ray.py',
        'photo_input.py',
        'base.keras',
      ]),
    );
    const job = JSON.parse(zip.get('job.json')?.toString() ?? '') as Job;
    expect(job).toMatchObject({
      labels: ['dots', 'glow', 'stripes'],
      settings: { solver: 'exact' },
      numSamples: { train: 30, validation: 6, test: 0 },
    });
    const shard = join(kept, 'shard.tar');
    writeFileSync(shard, zip.get('photos/shard-000000.tar') ?? '');
    const { stdout } = spawnSync('tar', ['-tf', shard], { encoding: 'utf8' });
    expect(stdout.trim().split('\n')).toHaveLength(72);
    const first = spawnSync('tar', ['-xOf', shard, '00000000.json'], { encoding: 'utf8' });
    expect(JSON.parse(first.stdout)).toMatchObject({ name: expect.stringMatching(/\.png$/) });
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('makes a model that opens and is trained on (needs tensorflow)', async ({ page }) => {
    test.skip(isMissing('keras', 'tensorflow', 'scipy'), 'needs keras, tensorflow and scipy');
    const { out, metrics } = await runJob(saved, join(kept, 'job'), PYTHON);
    expect(metrics.accuracy.validation).toBe(metrics.accuracyInGraft.validation);
    if (expected === null) throw new Error('Nothing was saved');
    await expectTrainedOn(page, out, expected, SAME_OPTIMUM);
  });
});

const FLOWERS = join(ASSETS ?? '', 'photos', 'flowers');
const NUM_EACH = 100;
const CASES = [
  { method: 'Exact', numViews: 0 },
  { method: 'Exact', numViews: 3 },
  { method: 'Gradient descent', numViews: 0 },
  { method: 'Gradient descent', numViews: 3 },
  { method: 'Deeper', numViews: 0 },
];
/** With Keras. A name of its own, since this takes minutes. */
const PATIENT_PYTHON = process.env['GRAFT_JOB_PYTHON'];

test.describe('Training jobs on real flowers (needs GRAFT_ASSETS and GRAFT_JOB_PYTHON)', () => {
  test.skip(
    ASSETS === undefined || PATIENT_PYTHON === undefined,
    'needs GRAFT_ASSETS, GRAFT_JOB_PYTHON',
  );
  test.setTimeout(900_000);

  test('Keras gives the app’s accuracy within a point', async ({
    context,
    page,
    screens,
    folder,
  }) => {
    const { projects, collect, train } = screens;
    for (const className of readdirSync(FLOWERS)) {
      mkdirSync(join(folder, 'flowers', className), { recursive: true });
      for (const name of readdirSync(join(FLOWERS, className)).sort().slice(0, NUM_EACH)) {
        copyFileSync(join(FLOWERS, className, name), join(folder, 'flowers', className, name));
      }
    }
    await serveBetterBase(context);
    await projects.open();
    await projects.create('Flowers');
    await collect.startDownload(BETTER_BASE.name);
    await collect.expectBaseInUse(BETTER_BASE.name);
    await collect.drop(join(folder, 'flowers'));
    await collect.expectNumPhotos(NUM_EACH * 5);
    const outs = new Map<string, string>();
    for (const { method, numViews } of CASES) {
      const title = `${method}, ${numViews} views`;
      await train.open();
      await train.choose('Method', method);
      await train.fill('Views of each photo', String(numViews));
      await train.train();
      await screens.export.open();
      const saved = await screens.export.saveTrainingJob(folder);
      const target = join(folder, title.replaceAll(/\W+/g, '-'));
      const { out, metrics } = await runJob(saved, target, PATIENT_PYTHON ?? '');
      const [here, there] = [metrics.accuracyInGraft.validation, metrics.accuracy.validation];
      test.info().annotations.push({ type: title, description: `${here} here, ${there} in Keras` });
      expect(Math.abs(here - there)).toBeLessThanOrEqual(0.01);
      outs.set(title, out);
    }
    for (const [title, out] of outs) {
      await projects.open();
      await projects.drop(out);
      await expect(page.getByText('Opened “Flowers” with its model')).toBeVisible();
      await collect.drop(join(folder, 'flowers'));
      await collect.expectNumPhotos(NUM_EACH * 5);
      await train.open();
      await train.fill('Epochs', '5');
      await train.trainMore();
      await expect(train.runs).toHaveCount(2);
      const sentence = await page.getByText(/held out are right/).textContent();
      // Chance is right on a fifth.
      expect(Number(/([\d.]+)%/.exec(sentence ?? '')?.[1])).toBeGreaterThan(70);
      test.info().annotations.push({ type: `${title}, trained on`, description: sentence ?? '' });
    }
  });
});
