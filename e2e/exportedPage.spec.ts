import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import { collectGenerated } from './collectGenerated.ts';
import { classifyFreshPhotos } from './exportedPage.ts';
import { expect, test } from './fixtures.ts';
import { readZip, unpackZip } from './zipFiles.ts';

/** Nothing listens there: every answer comes from the zip. */
const ORIGIN = 'http://localhost:49153';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Serves the files as any static server would, and nothing else. */
async function serve(context: BrowserContext, files: ReadonlyMap<string, Buffer>): Promise<void> {
  await context.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const body = files.get(path === '' ? 'index.html' : path);
    if (body === undefined) await route.fulfill({ status: 404 });
    else
      await route.fulfill({
        body,
        contentType: TYPES[extname(path)] ?? 'application/octet-stream',
      });
  });
}

test('the page in the export classifies files and the webcam from any static server', async ({
  context,
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, join(folder, 'photos'), 15);
  await screens.train.open();
  await screens.train.train();
  await screens.export.open();
  const zip = await screens.export.downloadModel(folder);
  await unpackZip(zip, join(folder, 'unpacked'));
  await page.goto(pathToFileURL(join(folder, 'unpacked/index.html')).href);
  await expect(page.getByText('Open this page from a web server')).toBeVisible();

  await serve(context, await readZip(zip));

  await page.goto(`${ORIGIN}/index.html`);
  await classifyFreshPhotos(page, folder);
  await page.getByRole('button', { name: 'Start camera' }).click();
  await expect(page.getByText('ms per frame')).toBeVisible({ timeout: 30_000 });
});
