import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expectParity } from './expectParity.ts';
import { expect, test } from './fixtures.ts';
import { screensOf } from './screens.ts';
import { countRows } from './storedData.ts';

const PER_KIND = 12;
const NUM_PHOTOS = 3 * PER_KIND;

test('layers of the base are trained too, kept, predicted with and exported', async ({
  browser,
  page,
  screens,
  folder,
}) => {
  const { train, evaluate } = screens;
  await collectGenerated(screens, join(folder, 'photos'), PER_KIND);
  await train.open();
  await train.choose('Method', 'Deeper');
  await expect(page.getByText(/parameters are trained, .* kept per 1,000 photos/)).toBeVisible();
  await train.fill('Epochs', '4');
  await train.fill('Learning rate', '0.001');
  await train.train();
  await train.expectComputed(NUM_PHOTOS, 0);
  await expect(train.runs.first()).toContainText(/Deeper, above \w+: 4 epochs/);

  await test.step('a second run computes no photo again, and can be stopped', async () => {
    await train.choose('Batch norms', 'Trained');
    await train.fill('Epochs', '200');
    await train.choose('Early stopping', 'Off');
    await train.start();
    await expect(page.getByText(/Epoch \d+ of 200/).first()).toBeVisible();
    await train.stop();
    await train.expectIdle();
    await train.expectComputed(0, NUM_PHOTOS);
    await expect(train.runs.first()).toContainText('stopped at epoch');
  });

  await page.reload();
  await expect(train.runs).toHaveCount(2);
  await evaluate.open();
  expect(await evaluate.accuracy()).toBeGreaterThan(0.6);
  await expectParity(browser, screens, folder, 128);

  await test.step('the base itself is as it was: the exact method computes its own numbers', async () => {
    await train.open();
    await train.choose('Method', 'Exact');
    await train.train();
    await train.expectComputed(NUM_PHOTOS, 0);
  });
});

test('training of the base’s layers goes on after its tab was killed, to the same curve', async ({
  context,
  page,
  screens,
  folder,
}) => {
  const prepare = async () => {
    await screens.train.open();
    await screens.train.choose('Method', 'Deeper');
    await screens.train.fill('Epochs', '80');
    await screens.train.choose('Early stopping', 'Off');
  };
  await collectGenerated(screens, join(folder, 'photos'), PER_KIND);
  await prepare();
  await screens.train.train();
  const atOnce = await screens.train.curve();

  await screens.train.start();
  await expect.poll(() => countRows(page, 'checkpoints'), { intervals: [100] }).toBe(2);
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  const { projects, train } = screensOf(again);
  await projects.open();
  await projects.openProject('Patterns');
  await train.open();
  await again.getByRole('button', { name: 'Go on' }).click();
  await train.expectIdle();
  await expect(train.runs.first()).toContainText('completed');
  expect(await train.curve()).toEqual(atOnce);
});
