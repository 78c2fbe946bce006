import { copyFileSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';
import { build } from 'vite';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { PHOTO_KINDS, writePhotoTree } from './generatedPhotos.ts';
import { unpackZip } from './zipFiles.ts';

const ORIGIN = 'https://examples.test';
const PUBLIC_ADDRESS = 'https://cdn.jsdelivr.net/npm';

/**
 * JPEG files of fresh pictures, the first of them stored lying on its side, and `wide.jpg`, of which the middle is
 * seen: blurred dots, which the model is not sure of.
 */
async function writeJpegs(folder: string): Promise<string[]> {
  writePhotoTree(join(folder, 'fresh'), 1, 9);
  const fresh = (kind: string) => join(folder, 'fresh', kind, `${kind}-1.png`);
  const wide = join(folder, 'wide.jpg');
  const blurred = await sharp(fresh('dots')).blur(3).png().toBuffer();
  const parts = [fresh('stripes'), blurred, fresh('glow')];
  await sharp(parts, { join: { across: 3 } })
    .jpeg()
    .toFile(wide);
  const single = await Promise.all(
    PHOTO_KINDS.map(async (kind, i) => {
      const picture = sharp(fresh(kind));
      const turned = i === 0 ? picture.rotate(270).withMetadata({ orientation: 6 }) : picture;
      const path = join(folder, `${kind}.jpg`);
      await turned.jpeg().toFile(path);
      return path;
    }),
  );
  return [...single, wide];
}

/** A web server with a folder, and the public address of packages with the installed versions. */
async function serve(context: BrowserContext, folder: string): Promise<void> {
  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ path: join(folder, pathname) });
  });
  await context.route(`${PUBLIC_ADDRESS}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice('/npm/'.length);
    const [, name = '', version = '', file = ''] = /^(.+)@([\d.]+)\/(.+)$/.exec(path) ?? [];
    const installed = await readFile(join('node_modules', name, 'package.json'), 'utf8');
    expect(installed).toContain(`"version": "${version}"`);
    const headers = { 'access-control-allow-origin': '*' };
    await route.fulfill({ path: resolve('node_modules', name, file), headers });
  });
}

/** What a page says to the photos: of each file name, probabilities by class. */
async function answersOn(page: Page, photos: readonly string[]) {
  const input = page.getByLabel('Choose photos');
  await expect(input).toBeEnabled({ timeout: 60_000 });
  await input.setInputFiles([...photos]);
  const items = page.locator('.photos > li');
  await expect(items).toHaveCount(photos.length, { timeout: 60_000 });
  return new Map(
    await items.evaluateAll((all) =>
      all.map((item) => {
        const rows = [...item.querySelectorAll('ol li')].map((row) => [
          row.querySelector('span')?.textContent ?? '',
          parseFloat(row.querySelector('output')?.textContent ?? '') / 100,
        ]);
        return [
          item.querySelector('h2')?.textContent ?? '',
          Object.fromEntries(rows) as Record<string, number>,
        ] as const;
      }),
    ),
  );
}

test('the page and the React component of an export answer for JPEG files as the app does', async ({
  context,
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, join(folder, 'photos'), 8);
  await screens.train.open();
  await screens.train.train();
  const photos = await writeJpegs(folder);
  await screens.predict.open();
  await screens.predict.drop(...photos);
  await screens.predict.expectAnswers(photos.length);
  const rows = await screens.predict.downloadCsv();
  expect(rows.map(({ className }) => className).toSorted()).toEqual(
    [...PHOTO_KINDS, 'dots'].toSorted(),
  );
  const unsure = rows.find(({ file }) => file === 'wide.jpg');
  expect(Math.max(...(unsure?.probabilities ?? []))).toBeLessThan(0.95);

  const served = join(folder, 'served');
  await screens.export.open();
  for (const format of ['ONNX', 'TF.js']) {
    await unpackZip(await screens.export.downloadModel(folder, format), join(served, format));
  }
  const source = join(served, 'TF.js');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  // A person's own bundler does this; the model's files lie beside what comes out.
  await build({
    root: source,
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { outDir: 'built', rolldownOptions: { input: join(source, 'examples/react.html') } },
  });
  for (const file of ['model.json', 'weights.bin', 'labels.txt', 'preprocessing.json']) {
    copyFileSync(join(source, file), join(source, 'built', file));
  }
  await serve(context, served);

  for (const path of [
    'ONNX/examples/browser',
    'TF.js/examples/browser',
    'TF.js/built/examples/react',
  ]) {
    await page.goto(`${ORIGIN}/${path}.html`);
    const answers = await answersOn(page, photos);
    for (const { file, probabilities } of rows) {
      const answer = answers.get(file) ?? {};
      for (const [i, kind] of PHOTO_KINDS.toSorted().entries()) {
        const difference = Math.abs((answer[kind] ?? NaN) - (probabilities[i] ?? NaN));
        // The pages round to a thousandth.
        expect(difference, `${path}: ${file}, ${kind}`).toBeLessThan(1e-3);
      }
    }
  }
  await page.getByLabel('Choose photos').setInputFiles({
    name: 'words.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('No photo at all'),
  });
  await expect(page.getByRole('status')).toHaveText('words.jpg is no photo that can be read.');
});
