import type { Page } from '@playwright/test';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { screensOf, type Screens } from './screens.ts';
import { countRows } from './storedData.ts';

const EPOCHS = 400;

/** Long enough to be interrupted, and with everything that has a state. */
async function prepare({ train }: Screens): Promise<void> {
  await train.open();
  await train.setEpochs(EPOCHS);
  await train.fill('Batch size', '4');
}

/** At about that epoch; the page itself watches, as a fast machine is done before a click from here arrives. */
async function pauseAt(page: Page, epochs: number): Promise<void> {
  await page.waitForFunction(
    (least) => {
      const card = document.querySelector('progress[aria-label="Training"]')?.parentElement;
      const epoch = Number(/Epoch (\d+)/.exec(card?.textContent ?? '')?.[1] ?? 0);
      const buttons = [...document.querySelectorAll('button')];
      const pause = buttons.find(({ textContent }) => textContent === 'Pause');
      if (epoch < least || pause === undefined) return false;
      pause.click();
      return true;
    },
    epochs,
    { polling: 'raf' },
  );
}

test('a paused training goes on to the same curve as one that was not', async ({
  page,
  screens,
  folder,
}) => {
  const { train } = screens;
  await collectGenerated(screens, folder, 20);
  await prepare(screens);
  await train.train();
  await expect(train.runs.first()).toContainText('completed');
  const atOnce = await train.curve();
  expect(atOnce).toHaveLength(EPOCHS);

  await train.start();
  await pauseAt(page, 20);
  await expect(page.getByText(/Run 2 is paused after epoch \d+\./)).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Go on' }).click();
  await train.expectIdle();
  await expect(train.runs.first()).toContainText('completed');
  expect(await train.curve()).toEqual(atOnce);
});

test('a training whose tab was killed goes on from where it was', async ({
  context,
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, folder, 20);
  await prepare(screens);
  await screens.train.train();
  await expect(screens.train.runs.first()).toContainText('completed');
  const atOnce = await screens.train.curve();
  expect(atOnce).toHaveLength(EPOCHS);
  await screens.train.start();
  await expect.poll(() => countRows(page, 'checkpoints'), { intervals: [100] }).toBe(2);
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  const { projects, train } = screensOf(again);
  await projects.open();
  await projects.openProject('Patterns');
  await train.open();
  await expect(again.getByText('Run 2 was interrupted before it was done.')).toBeVisible();
  await again.getByRole('button', { name: 'Go on' }).click();
  await train.expectIdle();
  expect(await train.curve()).toEqual(atOnce);
});

test('a training whose worker was killed says so, and goes on in another', async ({
  page,
  screens,
  folder,
}) => {
  const { train } = screens;
  await collectGenerated(screens, folder, 20);
  await prepare(screens);
  await train.start();
  await expect.poll(() => countRows(page, 'checkpoints'), { intervals: [100] }).toBe(1);
  const worker = page.workers().find((each) => each.url().includes('head.worker'));
  await worker?.evaluate(() => {
    self.close();
  });
  await expect(page.getByText('Run 1 was interrupted before it was done.')).toBeVisible();
  await expect(train.failure).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await train.expectIdle();
  await expect(train.runs.first()).toContainText('completed');
  expect(await train.curve()).toHaveLength(EPOCHS);
});
