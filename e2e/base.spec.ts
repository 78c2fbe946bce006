import { AxeBuilder } from '@axe-core/playwright';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { writeGeneratedModel, writeUnknownModel } from './generatedModel.ts';
import { countRows } from './storedData.ts';

test('a network of one’s own is cut in the middle, and going back to it computes nothing', async ({
  page,
  screens,
  folder,
}) => {
  const { base, train } = screens;
  const files = writeGeneratedModel(folder);
  await collectGenerated(screens, folder, 8);
  await base.open();
  await base.addFiles(files);
  await base.expectInUse('model');
  await base.cutAt('conv2');
  await base.expectCost('will compute 24 photos');
  // conv1: 3 · 3 · 3 · 8 + 8, conv2: 3 · 3 · 8 · 16 + 16; 16 averages and a bias for each of three classes.
  await expect(base.totals).toHaveText('Frozen1,392Trainable51Together1,443');
  await train.open();
  await train.train();
  await train.expectComputed(24, 0);
  await expect(page.getByText(/held out are right/)).toBeVisible();

  await base.open();
  await base.use('Starter');
  await train.open();
  await expect(page.getByText('Since this run the base was changed')).toBeVisible();
  await train.train();
  await train.expectComputed(24, 0);

  await base.open();
  await base.use('model');
  await base.expectCutAt('conv2');
  await base.expectCost('all computed at this cut already');
  await train.open();
  await train.train();
  await train.expectComputed(0, 24);

  await base.open();
  await base.remove('model');
  await expect(page.getByText('This project’s base is not on this machine')).toBeVisible();
  expect(await countRows(page, 'bases')).toBe(0);
  await base.use('Starter');
});

test('what cannot be added is refused with its reason', async ({
  page,
  screens: { projects, base },
  folder,
}) => {
  await projects.open();
  await projects.create('Refusals');
  await base.open();
  await base.addFiles(writeUnknownModel(folder));
  await expect(base.failure).toContainText('layer odd_layer, of the class Kaleidoscope');
  await base.addFromUrl('https://example.org/model.safetensors');
  await expect(base.failure).toContainText('may not fetch from example.org');
  expect(await countRows(page, 'bases')).toBe(0);
});

test('the picture moves the cut by keys and pointer, and hides nothing from anyone', async ({
  page,
  screens: { projects, base },
}) => {
  await projects.open();
  await projects.create('Cuts');
  await base.open();
  await base.picture.focus();
  await base.picture.press('Home');
  await base.picture.press('ArrowRight');
  await expect(base.picture).toHaveAttribute('aria-valuenow', '2');
  const width = (await base.picture.boundingBox())?.width ?? NaN;
  await base.picture.click({ position: { x: width * 0.6, y: 80 } });
  const now = Number(await base.picture.getAttribute('aria-valuenow'));
  expect(now).toBeGreaterThan(90);
  expect(now).toBeLessThan(130);

  await page.getByRole('button', { name: /more to download$/ }).click();
  await page.getByRole('checkbox', { name: /^Take several layers together/ }).check();
  await expect(base.picture).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
