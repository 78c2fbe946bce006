import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expectParity } from './expectParity.ts';
import { expect, test } from './fixtures.ts';
import { expectedWhenOpened, expectTrainedOn } from './openedExports.ts';
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

  // Answers to other pictures go.
  await page.reload();
  const expected = await expectedWhenOpened(join(folder, 'opened'), screens);
  await screens.export.open();
  const head = await screens.export.downloadData(folder, 'safetensors');

  await test.step('the base itself is as it was: the exact method computes its own numbers', async () => {
    await train.open();
    await train.choose('Method', 'Exact');
    await train.train();
    await train.expectComputed(NUM_PHOTOS, 0);
  });

  await test.step('the head opens with its layers as data, and both are trained on', async () => {
    await expectTrainedOn(page, head, expected);
    await expect(train.runs.first()).toContainText(/Deeper, above \w+: 5 epochs/);
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

test('more training of the base’s layers goes on where they are, also with other classes', async ({
  page,
  screens,
  folder,
}) => {
  const { collect, train, evaluate } = screens;
  const trainMore = async () => {
    await page.getByRole('button', { name: 'Train more' }).click();
    await train.expectIdle();
    await expect(train.runs.first()).toContainText('completed');
  };
  await collectGenerated(screens, join(folder, 'photos'), PER_KIND);
  await train.open();
  await train.choose('Method', 'Deeper');
  await train.choose('Early stopping', 'Off');
  await train.fill('Epochs', '6');
  await train.train();
  const atOnce = await train.curve();
  await train.fill('Epochs', '3');
  await train.train();

  await test.step('three epochs and three more are six', async () => {
    await trainMore();
    expect(await train.curve()).toEqual(atOnce);
  });

  await test.step('another name is the same class', async () => {
    await collect.open();
    await collect.renameClass('dots', 'spots');
    await train.open();
    await trainMore();
    expect((await train.curve()).slice(0, 6)).toEqual(atOnce);
    expect(await train.curve()).toHaveLength(9);
  });

  await test.step('a class goes, another comes, the others stay what they were', async () => {
    await collect.open();
    await collect.deleteClass('glow');
    await collect.addClass('light');
    const paths = [...Array(PER_KIND).keys()].map((i) =>
      join(folder, 'photos', 'glow', `glow-${i + 1}.png`),
    );
    await collect.addPhotos('light', paths);
    await collect.expectNumPhotos(NUM_PHOTOS);
    await train.open();
    await trainMore();
    expect(await train.curve()).toHaveLength(3);
    await evaluate.open();
    expect(await evaluate.accuracy()).toBeGreaterThan(0.6);
  });

  await test.step('a head alone does not go on from tuned layers', async () => {
    await train.open();
    await train.choose('Method', 'Gradient descent');
    await expect(page.getByRole('button', { name: 'Train more' })).toHaveCount(0);
  });
});
