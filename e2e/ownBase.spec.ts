import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { drawPhotos } from './generatedPhotos.ts';

test('trains a base from scratch, keeps it, and uses it frozen in another project', async ({
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, folder, 16);
  await screens.base.open();
  await screens.base.setOwnBase({ 'Side in pixels': '28', Filters: '8', Epochs: '6' });
  await screens.base.trainOwnBase('Pattern eyes');
  const result = page.getByRole('status').filter({ hasText: 'is among the networks now' });
  await expect(result).toContainText(/recognised \d+\.\d% of the photos/, { timeout: 60_000 });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.reload();
  const origin = /Trained here on “Patterns”: (\w+, ){2}and \w+\./;
  await expect(screens.base.tile('Pattern eyes')).toContainText(origin);

  const other = join(folder, 'other');
  for (const kind of ['stripes', 'glow'] as const) {
    mkdirSync(join(other, kind), { recursive: true });
    for (const [i, bytes] of drawPhotos(kind, 12, 9).entries()) {
      writeFileSync(join(other, kind, `${i}.png`), bytes);
    }
  }
  await screens.projects.open();
  await screens.projects.create('Two patterns');
  await screens.collect.drop(other);
  await screens.collect.expectNumPhotos(24);
  await screens.base.open();
  await screens.base.use('Pattern eyes');
  await screens.base.expectCutAt('max_pooling2d');

  await page.getByRole('button', { name: 'Compare with training from scratch' }).click();
  const table = page.getByRole('table', { name: /^A head on the frozen base/ });
  await expect(table.getByRole('row')).toHaveCount(3, { timeout: 60_000 });
  await expect(table.getByRole('row', { name: /^Transferred/ })).toContainText(/\d+\.\d%/);
  await expect(table.getByRole('row', { name: /^From scratch/ })).toContainText(/\d+\.\d%/);

  await screens.train.open();
  await screens.train.train();
  await screens.train.expectComputed(0, 24);
  await screens.export.open();
  expect(await screens.export.downloadModel(folder)).toMatch(/\.zip$/);
  await screens.base.open();
  await screens.base.remove('Pattern eyes');
  await expect(page.getByText('This project’s base is not on this machine')).toBeVisible();
});

test('a training from scratch that is cancelled leaves no base behind', async ({
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, folder, 12);
  await screens.base.open();
  await screens.base.setOwnBase({ Epochs: '500' });
  await screens.base.trainOwnBase('Never there');
  const card = page.getByRole('region', { name: 'Train a base of your own' });
  await expect(card.getByText(/^Epoch [2-9] of 500/)).toBeVisible({ timeout: 30_000 });
  await card.getByRole('button', { name: 'Cancel' }).click();
  await expect(card.getByRole('button', { name: 'Train this base' })).toBeVisible();
  await page.reload();
  await screens.base.layers.waitFor();
  await expect(screens.base.tile('Never there')).toHaveCount(0);
});
