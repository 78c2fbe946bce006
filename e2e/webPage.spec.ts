import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ASSETS, BETTER_BASE, serveBetterBase } from './catalogueServer.ts';
import { collectGenerated } from './collectGenerated.ts';
import { dropFiles } from './dropFiles.ts';
import { expect, test } from './fixtures.ts';
import { classifyFreshPhotos, openExportedPage } from './exportedPage.ts';
import { PHOTO_KINDS } from './generatedPhotos.ts';

/** Opens the exported page from its folder and classifies a fresh photo of each kind there. */
async function classifyOnPage(page: Page, exported: string, folder: string): Promise<void> {
  await openExportedPage(page, exported);
  await classifyFreshPhotos(page, folder);
}

test('the exported page runs from a folder: files, a CSV, the webcam, and what the model is', async ({
  page,
  screens,
  folder,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await collectGenerated(screens, join(folder, 'photos'), 15);
  await screens.train.open();
  await screens.train.train();
  await screens.export.open();
  const exported = await screens.export.downloadModel(folder, 'One web page');
  expect(exported).toMatch(/Patterns-web-page\.html$/);
  expect(await screens.export.proof()).toContain('TF.js');

  await classifyOnPage(page, exported, folder);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save answers as CSV' }).click();
  const table = await readFile(await (await download).path(), 'utf8');
  expect(table).toContain(`File,Class,Probability,${PHOTO_KINDS.toSorted().join(',')}`);
  for (const kind of PHOTO_KINDS) expect(table).toContain(`${kind}-1.png,${kind},0.`);

  await dropFiles(page.getByRole('main'), [join(folder, 'fresh/dots/dots-1.png')]);
  await expect(page.getByText('1 file done')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'dots-1.png' })).toHaveCount(2);

  await page.getByRole('button', { name: 'Start camera' }).click();
  await expect(page.getByText('ms per frame')).toBeVisible({ timeout: 30_000 });
  await page.getByText('About this model').click();
  await expect(page.getByText(/of 9 held-out photos \(95 % interval/)).toBeVisible();
  expect(complaints).toEqual([]);
});

test.describe('MobileNetV2 0.35 (needs GRAFT_ASSETS)', () => {
  test.skip(ASSETS === undefined, 'needs GRAFT_ASSETS');

  test('fits into a page of less than 4 MB that runs from a folder', async ({
    context,
    page,
    screens,
    folder,
  }) => {
    await serveBetterBase(context);
    await collectGenerated(screens, join(folder, 'photos'), 12);
    await screens.collect.startDownload(BETTER_BASE.name);
    await screens.collect.expectBaseInUse(BETTER_BASE.name);
    await screens.train.open();
    await screens.train.train();
    await screens.export.open();
    const exported = await screens.export.downloadModel(folder, 'One web page');
    expect((await stat(exported)).size).toBeLessThan(4e6);
    await classifyOnPage(page, exported, folder);
  });
});
