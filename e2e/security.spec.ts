import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { drawPhotos } from './generatedPhotos.ts';

/** Would call `alert` if any place took it for HTML. */
const NASTY = '<img src=x onerror=alert(1)>';

test('the page is isolated from other origins and carries a strict policy', async ({
  page,
  screens: { projects },
}) => {
  await projects.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const response = await page.request.get('./');
  const header = response.headers()['content-security-policy'] ?? '';
  const inPage = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute('content');
  for (const policy of [header, inPage ?? '']) {
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toContain('unsafe-inline');
  }
});

test('names of classes and files are text, wherever they come from', async ({
  page,
  screens: { projects, collect },
  folder,
}) => {
  page.on('dialog', () => {
    throw new Error('A name was run as a script');
  });
  const classFolder = join(folder, NASTY);
  mkdirSync(classFolder);
  const [photo = Buffer.alloc(0)] = drawPhotos('dots', 1, 1);
  writeFileSync(join(classFolder, `${NASTY}.png`), photo);
  writeFileSync(join(classFolder, '=1+1.png'), 'no picture');

  await projects.open();
  await projects.create(NASTY);
  await collect.drop(classFolder);
  await collect.expectPhotos(NASTY, 1);
  const [row] = await collect.leftOutRows();
  expect(row?.[0]).toContain('=1+1.png');
  await collect.openGallery(NASTY);
  await expect(collect.photos.first()).toHaveAccessibleName(new RegExp('onerror=alert'));
  await projects.open();
  await expect(projects.card(NASTY)).toBeVisible();
});
