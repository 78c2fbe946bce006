import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { PHOTO_KINDS, writePhotoTree } from './generatedPhotos.ts';

/** Opens an exported page from its folder. */
export async function openExportedPage(page: Page, path: string): Promise<void> {
  await page.goto(pathToFileURL(path).href);
  await expect(page.getByText('runs in this browser (WASM)')).toBeVisible();
}

/** Gives an exported page, which is open, a fresh photo of each kind, and waits for the right answers. */
export async function classifyFreshPhotos(page: Page, folder: string): Promise<void> {
  writePhotoTree(join(folder, 'fresh'), 1, 9);
  const pictures = PHOTO_KINDS.map((kind) => join(folder, 'fresh', kind, `${kind}-1.png`));
  await page.getByLabel('Choose photos').first().setInputFiles(pictures);
  await expect(page.getByText('3 files done')).toBeVisible({ timeout: 60_000 });
  for (const kind of PHOTO_KINDS) {
    const row = page.getByRole('row').filter({ hasText: `${kind}-1.png` });
    await expect(row.getByRole('cell', { name: kind, exact: true })).toBeVisible();
  }
}
