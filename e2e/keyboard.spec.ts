import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { writePhotoTree } from './generatedPhotos.ts';

/** More stops than any page has. */
const MAX_TABS = 120;

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < MAX_TABS; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${target.toString()}`);
}

async function press(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole(role, { name, exact: typeof name === 'string' }));
  await page.keyboard.press('Enter');
}

test('from an empty start page to a confusion matrix without a mouse', async ({
  page,
  screens,
  folder,
}) => {
  const { projects, collect, train, evaluate } = screens;
  writePhotoTree(folder, 6, 1);
  await projects.open();
  await press(page, 'button', 'New project');
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused();
  await page.keyboard.type('By hand');
  await page.keyboard.press('Enter');

  for (const kind of ['dots', 'stripes']) {
    await press(page, 'button', 'Add class');
    await expect(page.getByRole('textbox', { name: 'Class name' }).last()).toBeFocused();
    await page.keyboard.type(kind);
    await page.keyboard.press('Enter');
    await expect(collect.classCard(kind)).toBeVisible();
    const chooser = page.waitForEvent('filechooser');
    await tabTo(page, collect.classCard(kind).getByRole('button', { name: 'Add photos' }));
    await page.keyboard.press('Enter');
    const names = Array.from({ length: 6 }, (_, index) => `${kind}-${index + 1}.png`);
    await (await chooser).setFiles(names.map((name) => join(folder, kind, name)));
    await collect.expectPhotos(kind, 6);
  }

  await tabTo(page, collect.classCard('dots').getByRole('button', { name: /^Show/ }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('listbox'));
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await page.keyboard.press('Delete');
  await expect(collect.photos).toHaveCount(5);
  await page.keyboard.press('Control+z');
  await expect(collect.photos).toHaveCount(6);

  await press(page, 'link', 'Train');
  await press(page, 'button', 'Train');
  await train.expectIdle();
  await tabTo(page, page.getByRole('navigation').getByRole('link', { name: 'Evaluate' }));
  await page.keyboard.press('Enter');
  await tabTo(page, evaluate.matrix.getByRole('button').first());
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Close the photos' })).toBeVisible();
});
