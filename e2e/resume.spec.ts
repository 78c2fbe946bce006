import type { Page } from '@playwright/test';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { screensOf, type Screens } from './screens.ts';

const EPOCHS = 400;

/** Long enough to be interrupted, and with everything that has a state. */
async function prepare({ train }: Screens): Promise<void> {
  await train.open();
  await train.setEpochs(EPOCHS);
  await train.fill('Batch size', '4');
}

async function epochsReached(page: Page, epochs: number): Promise<void> {
  await page.waitForFunction((least) => {
    const text = document.querySelector('progress[aria-label="Training"]')?.parentElement;
    return Number(/Epoch (\d+)/.exec(text?.textContent ?? '')?.[1] ?? 0) >= least;
  }, epochs);
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
  const atOnce = await train.curve();

  await train.start();
  await epochsReached(page, 20);
  await page.getByRole('button', { name: 'Pause' }).click();
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
  const atOnce = await screens.train.curve();
  await screens.train.start();
  await epochsReached(page, 20);
  // A checkpoint is due every second.
  await page.waitForTimeout(1500);
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
