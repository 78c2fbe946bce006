import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { drawPhotos, PHOTO_KINDS } from './generatedPhotos.ts';
import type { Screens } from './screens.ts';

/** As on another machine. */
async function clearStorage(page: Page, origin: string): Promise<void> {
  await page.goto('about:blank');
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
}

/** All answers that the page has then. `numBefore`: those that it had. */
async function predict({ predict: screen }: Screens, photos: readonly string[], numBefore = 0) {
  await screen.open();
  await screen.drop(...photos);
  await screen.expectAnswers(numBefore + photos.length);
  return screen.downloadCsv();
}

test('a base that was trained here travels in the project’s file, and by its own files', async ({
  page,
  screens,
  folder,
  baseURL,
}) => {
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await screens.base.open();
  await screens.base.setOwnBase({ 'Side in pixels': '28', Filters: '8', Epochs: '3' });
  await screens.base.trainOwnBase('Pattern eyes');
  await screens.base.tile('Pattern eyes').waitFor({ timeout: 60_000 });
  await screens.base.use('Pattern eyes');
  await screens.train.open();
  await screens.train.train();
  const photos = PHOTO_KINDS.map((kind) => {
    const path = join(folder, `${kind}.png`);
    writeFileSync(path, drawPhotos(kind, 1, 77)[0] ?? '');
    return path;
  });
  const answers = await predict(screens, photos);
  await screens.export.open();
  const inside = page.getByRole('listitem').filter({ hasText: 'The network “Pattern eyes”' });
  await expect(inside).toContainText(/which was trained here \(\d.* [kM]B\)/);
  const project = await screens.export.saveProject(folder);
  await screens.base.open();
  const zip = await screens.base.saveFiles('Pattern eyes', folder);
  expect(zip).toMatch(/Pattern eyes\.zip$/);

  await clearStorage(page, new URL(baseURL ?? '').origin);
  await screens.projects.open();
  await screens.projects.openFile(project);
  expect(await predict(screens, photos)).toEqual(answers);
  await screens.base.open();
  await screens.base.expectInUse('Pattern eyes');
  await expect(screens.base.tile('Pattern eyes')).toContainText('Trained here on “Patterns”');

  await screens.base.remove('Pattern eyes');
  await expect(page.getByText('This project’s base is not on this machine')).toBeVisible();
  await screens.base.addFiles([zip]);
  await screens.base.expectInUse('Pattern eyes');
  const both = await predict(screens, photos, photos.length);
  expect(both).toEqual([...answers, ...answers]);
});
