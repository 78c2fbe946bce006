import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ASSETS, BETTER_BASE, serveBetterBase } from './catalogueServer.ts';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { readZip } from './zipFiles.ts';

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

function unpack(zip: ReadonlyMap<string, Buffer>, folder: string): void {
  for (const [path, bytes] of zip) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

test('a training job leaves with the photos and all that trains on them', async ({
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await screens.train.open();
  await screens.train.train();
  await screens.export.open();
  const zip = await readZip(await screens.export.saveTrainingJob(folder));
  expect([...zip.keys()]).toEqual(
    expect.arrayContaining(['README.md', 'train.py', 'on_ray.py', 'photo_input.py', 'base.keras']),
  );
  const job = JSON.parse(zip.get('job.json')?.toString() ?? '') as Job;
  expect(job).toMatchObject({
    labels: ['dots', 'glow', 'stripes'],
    settings: { solver: 'exact' },
    numSamples: { train: 30, validation: 6, test: 0 },
  });
  unpack(zip, folder);
  const shard = join(folder, 'photos/shard-000000.tar');
  const { stdout } = spawnSync('tar', ['-tf', shard], { encoding: 'utf8' });
  expect(stdout.trim().split('\n')).toHaveLength(72);
  const first = spawnSync('tar', ['-xOf', shard, '00000000.json'], { encoding: 'utf8' });
  expect(JSON.parse(first.stdout)).toMatchObject({ name: expect.stringMatching(/\.png$/) });
  await expect(page.getByRole('alert')).toHaveCount(0);
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
const PYTHON = process.env['GRAFT_JOB_PYTHON'];

test.describe('Training jobs on real flowers (needs GRAFT_ASSETS and GRAFT_JOB_PYTHON)', () => {
  test.skip(ASSETS === undefined || PYTHON === undefined, 'needs GRAFT_ASSETS, GRAFT_JOB_PYTHON');
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
    const outs: string[] = [];
    for (const { method, numViews } of CASES) {
      const title = `${method}, ${numViews} views`;
      await train.open();
      await train.choose('Method', method);
      await train.fill('Views of each photo', String(numViews));
      await train.train();
      await screens.export.open();
      const target = join(folder, title.replaceAll(/\W+/g, '-'));
      mkdirSync(target);
      unpack(await readZip(await screens.export.saveTrainingJob(target)), target);
      const { status, stderr } = spawnSync(PYTHON ?? '', ['train.py'], {
        cwd: target,
        encoding: 'utf8',
      });
      expect(status, stderr).toBe(0);
      const metrics = JSON.parse(readFileSync(join(target, 'out/metrics.json'), 'utf8')) as Metrics;
      const [here, there] = [metrics.accuracyInGraft.validation, metrics.accuracy.validation];
      test.info().annotations.push({ type: title, description: `${here} here, ${there} in Keras` });
      expect(Math.abs(here - there)).toBeLessThanOrEqual(0.01);
      outs.push(join(target, 'out'));
    }
    for (const out of outs) {
      await projects.open();
      await projects.drop(out);
      await expect(page.getByText('Opened “Flowers” with its model')).toBeVisible();
      await expect(collect.classCard('daisy')).toBeVisible();
    }
  });
});
