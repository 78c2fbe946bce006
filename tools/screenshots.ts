/**
 * Takes the screenshots of the README from generated photos: `npx tsx tools/screenshots.ts [folder]`
 * after `npm run build`. Every step at three widths in light and dark goes to the folder; without
 * one, only the README's own picture is made.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { collectGenerated } from '../e2e/collectGenerated.ts';
import { screensOf } from '../e2e/screens.ts';
import { STEPS } from '../src/ui/route.ts';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
];
const PHOTOS_PER_KIND = 40;

const folder = process.argv[2];
const executablePath = findChromium()?.path;
const server = await preview({ preview: { port: 4500 }, logLevel: 'warn' });
const browser = await chromium.launch({
  args: CHROMIUM_ARGS,
  ...(executablePath === undefined ? {} : { executablePath }),
});
try {
  const baseURL = server.resolvedUrls?.local[0] ?? '';
  const page = await browser.newPage({ baseURL });
  await page.setViewportSize({ width: 1280, height: 800 });
  await collectGenerated(screensOf(page), mkdtempSync(join(tmpdir(), 'graft-')), PHOTOS_PER_KIND);
  const { train } = screensOf(page);
  await train.open();
  await train.train();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  if (folder === undefined) await takeReadmePicture(page);
  else await takeAll(page, folder);
} finally {
  await browser.close();
  await server.close();
}

async function takeReadmePicture(page: Page): Promise<void> {
  await openStep(page, 'collect');
  await page.screenshot({ path: 'docs/screenshots/collect.png' });
}

async function takeAll(page: Page, into: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const step of STEPS) {
        await openStep(page, step);
        const name = `${step}-${size.width}-${colorScheme}.png`;
        await page.screenshot({ path: join(into, name) });
      }
    }
  }
}

/** Goes to a step of the open project, and waits until thumbnails are drawn and nothing moves. */
async function openStep(page: Page, step: string): Promise<void> {
  await page.goto(page.url().replace(/[^/]+$/, step));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(1500);
}
