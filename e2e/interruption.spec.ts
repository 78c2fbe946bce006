import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { writePhotoTree } from './generatedPhotos.ts';
import { screensOf } from './screens.ts';
import { countRows, readSamples } from './storedData.ts';

test('cancelling while photos are computed keeps what is done', async ({
  page,
  screens,
  folder,
}) => {
  const { train } = screens;
  await collectGenerated(screens, folder, 150);
  await train.open();
  await train.start();
  await train.cancelAt(0.05);
  await train.expectIdle();
  const kept = await countRows(page, 'activations');
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(450);

  await train.train();
  await train.expectComputed(450 - kept, kept);
});

test('stopping while the head is fitted keeps the model of the epochs done', async ({
  screens,
  folder,
}) => {
  const { train, evaluate } = screens;
  await collectGenerated(screens, folder, 20);
  await train.open();
  await train.setEpochs(1000);
  await train.start();
  await expect(train.fitting).toBeVisible();
  await train.stop();
  await train.expectIdle();
  await expect(train.runs.first()).toContainText('stopped at epoch');
  await evaluate.open();
  expect(await evaluate.accuracy()).toBeGreaterThan(0);
});

test('killing the tab during an import loses nothing that was shown as added', async ({
  context,
  page,
  screens,
  folder,
}) => {
  const { projects, collect } = screens;
  writePhotoTree(folder, 200, 1);
  await projects.open();
  await projects.create('Killed');
  await collect.drop(folder);
  const count = page.getByText(/^\d+ photos$/).first();
  await expect(count).toBeVisible();
  const shown = await shownPhotos();
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  const reopened = screensOf(again);
  await reopened.projects.open();
  await reopened.projects.openProject('Killed');
  expect((await readSamples(again)).length).toBeGreaterThanOrEqual(shown);
  await reopened.collect.drop(folder);
  await expect(reopened.collect.classCard('stripes')).toBeVisible();

  async function shownPhotos(): Promise<number> {
    const counts = await page.getByText(/^\d+ photos?$/).allTextContents();
    return counts.reduce((sum, text) => sum + Number.parseInt(text, 10), 0);
  }
});
