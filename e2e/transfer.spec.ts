import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { writeClassifier } from './generatedModel.ts';

const assets = process.env['GRAFT_ASSETS'];

test('says before any training whether the base helps, and can be ended on the way', async ({
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, folder, 12);
  await screens.base.open();
  const section = page.getByRole('region', { name: 'Does it transfer?' });
  const check = section.getByRole('button', { name: 'Check this base' });
  await check.click();
  await section.getByRole('button', { name: 'Cancel' }).click();
  await expect(check).toBeVisible();
  await expect(section.getByRole('row')).toHaveCount(0);

  await check.press('Enter');
  await expect(section.getByRole('status')).toContainText(/Negative transfer|beats every control/);
  await expect(section.getByText('the same network with random weights')).toBeVisible();
  // 36 photos in equal classes, of which 30 are for training.
  await expect(section).toContainText('33.3%');
  await expect(section.getByRole('row')).toHaveCount(2);
  await expect(section.getByRole('row').last()).toContainText(/-?\d\.\d+.*\d%/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.reload();
  await expect(section.getByRole('row')).toHaveCount(0);
});

test('compares a base’s own classes with those of the photos, once for each base', async ({
  page,
  screens,
  folder,
}) => {
  const files = writeClassifier(folder);
  await collectGenerated(screens, folder, 12);
  await screens.base.open();
  const section = page.getByRole('region', { name: 'Does it transfer?' });
  const check = section.getByRole('button', { name: 'Check this base' });
  await check.click();
  await expect(section).toContainText('No base checked here has any');

  await screens.base.addFiles(files);
  await screens.base.expectInUse('model');
  await check.click();
  const byClasses = section.getByRole('table', { name: 'Estimates from a base’s own classes' });
  const rows = byClasses.getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toHaveText(/^model5-\d\.\d+-\d\.\d+\d+\.\d% #\d$/);
  await expect(rows.nth(2)).toHaveText(/^Starter–none–none–none\d+\.\d% #\d$/);
  await expect(section).toContainText('no classes of its own here');

  // Another cut of the same base is ranked by its activations, and adds nothing here.
  await screens.base.cutAt('conv2');
  await check.click();
  const byActivations = section.getByRole('table', { name: 'Estimates and what was measured' });
  await expect(byActivations.getByRole('row')).toHaveCount(4);
  await expect(byActivations.getByRole('row').nth(1)).toContainText('#1');
  await expect(rows).toHaveCount(3);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test.describe('real files (needs GRAFT_ASSETS)', () => {
  test.skip(assets === undefined, 'needs GRAFT_ASSETS');

  test('a thousand classes of MobileNetV1 say something about flowers', async ({
    page,
    screens: { projects, collect, base },
    folder,
  }) => {
    const photos = join(assets ?? '', 'photos/flowers');
    for (const name of ['daisy', 'sunflowers', 'tulips']) {
      mkdirSync(join(folder, name));
      for (const file of readdirSync(join(photos, name)).slice(0, 20)) {
        copyFileSync(join(photos, name, file), join(folder, name, file));
      }
    }
    await projects.open();
    await projects.create('Flowers');
    await collect.drop(folder);
    await collect.expectNumPhotos(60);
    await base.open();
    const path = join(assets ?? '', 'weights/mobilenet_v1_0.25_224');
    await base.addFiles(readdirSync(path).map((file) => join(path, file)));
    await base.expectInUse('MobileNetV1 0.25');
    const section = page.getByRole('region', { name: 'Does it transfer?' });
    await section.getByRole('button', { name: 'Check this base' }).click();
    const table = section.getByRole('table', { name: 'Estimates from a base’s own classes' });
    const cells = table.getByRole('row').nth(1).getByRole('cell');
    await expect(cells.first()).toHaveText('1,000', { timeout: 60_000 });
    const [, nce, leep] = (await cells.allTextContents()).map(Number);
    // Daisies are among them. Knowing nothing would be the logarithm of three equal classes.
    for (const estimate of [nce, leep]) {
      expect(estimate).toBeLessThan(0);
      expect(estimate).toBeGreaterThan(-Math.log(3) / 2);
    }
  });
});

test('draws the learning curve, and says what twice as many photos would bring', async ({
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, folder, 30);
  await screens.base.open();
  const section = page.getByRole('region', { name: 'Does it transfer?' });
  await section.getByRole('button', { name: 'Measure the learning curve' }).press('Enter');
  // Fifty fits, however busy the machine is.
  const chart = section.getByRole('img', { name: 'Accuracy by photos per class' });
  await expect(chart).toBeVisible({ timeout: 60_000 });
  // 24 of each class are for training, and two thirds of those are trained on in turn.
  const rows = section.getByRole('row');
  await expect(rows.getByRole('rowheader')).toHaveText([
    ...['1', '2', '4', '8', '16'],
    '32 (expected)',
  ]);
  await expect(rows.last()).toContainText(/\d%.*\d% – .*\d%/);
  await expect(section.getByRole('status')).toContainText(/twice as many photos.*32 per class/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('measures the base cut by cut, and cuts it where it is told to', async ({
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, folder, 12);
  await screens.base.open();
  const section = page.getByRole('region', { name: 'Does it transfer?' });
  const measure = section.getByRole('button', { name: 'Measure every sensible cut' });
  await measure.click();
  await section.getByRole('button', { name: 'Cancel' }).click();
  await expect(measure).toBeVisible();
  await expect(section.getByRole('row')).toHaveCount(0);

  await measure.press('Enter');
  await expect(section.getByRole('status')).toContainText(/Highest at .*%/);
  const rows = section.getByRole('radio');
  expect(await rows.count()).toBeGreaterThan(3);
  await expect(rows.last()).toBeChecked();
  await expect(section.getByRole('row').last()).toContainText(/\d%.*\d% – .*\d%/);

  const points = section.getByRole('group', { name: 'Accuracy by cut', exact: true });
  const second = points.getByRole('button').nth(1);
  await second.press('Enter');
  await expect(second).toHaveAttribute('aria-pressed', 'true');
  await expect(rows.nth(1)).toBeChecked();
  await rows.first().check();
  await expect(points.getByRole('button').first()).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await measure.click();
  await expect(rows.first()).toBeChecked();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});
