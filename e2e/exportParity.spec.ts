import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { ASSETS, BETTER_BASE, serveBetterBase } from './catalogueServer.ts';
import { collectGenerated } from './collectGenerated.ts';
import { askPlainTfjs, askTeachableMachine, largestDifference } from './exportParity.ts';
import { expect, test } from './fixtures.ts';
import { drawPhotos, PHOTO_KINDS } from './generatedPhotos.ts';
import { readZip } from './zipFiles.ts';
import type { Screens } from './screens.ts';

const TOLERANCE = 1e-3;

test('the export of the starter base answers like the app, in TF.js and in Teachable Machine', async ({
  browser,
  screens,
  folder,
}) => {
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await expectParity(browser, screens, folder, 128);
});

test('a head with hidden layers answers alike in its export', async ({
  browser,
  screens,
  folder,
}) => {
  const { train } = screens;
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await train.open();
  await train.choosePreset('Like Teachable Machine');
  await train.openAdvancedSettings();
  await train.choose('Batch norm', 'On');
  await train.fill('Dropout (%)', '20');
  await train.choose('Schedule', 'Cosine');
  await expectParity(browser, screens, folder, 128);
});

test.describe('MobileNetV2 0.35 (needs GRAFT_ASSETS)', () => {
  test.skip(ASSETS === undefined, 'needs GRAFT_ASSETS');

  test('its export answers like the app, in TF.js and in Teachable Machine', async ({
    browser,
    context,
    screens,
    folder,
  }) => {
    await serveBetterBase(context);
    await collectGenerated(screens, join(folder, 'photos'), 12);
    await screens.collect.startDownload(BETTER_BASE.name);
    await screens.collect.expectBaseInUse(BETTER_BASE.name);
    await expectParity(browser, screens, folder, 224);
  });
});

/** Trains, exports, and compares answers on pictures of the input's size, which nothing crops or resizes. */
async function expectParity(
  browser: Browser,
  { train, predict, ...screens }: Screens,
  folder: string,
  inputSize: number,
): Promise<void> {
  await train.open();
  await train.train();
  await screens.export.open();
  const files = await readZip(await screens.export.downloadModel(folder));

  const size = { width: inputSize, height: inputSize };
  const pictures = PHOTO_KINDS.flatMap((kind) => drawPhotos(kind, 2, 5, size));
  const pictureFolder = join(folder, 'pictures');
  mkdirSync(pictureFolder);
  for (const [index, bytes] of pictures.entries()) {
    writeFileSync(join(pictureFolder, `${index}.png`), bytes);
  }
  await predict.open();
  await predict.drop(pictureFolder);
  await predict.expectAnswers(pictures.length);
  const rows = await predict.downloadCsv();
  const own = pictures.map(
    (_, index) => rows.find(({ file }) => file.endsWith(`/${index}.png`))?.probabilities ?? [],
  );

  for (const ask of [askPlainTfjs, askTeachableMachine]) {
    const { probabilities } = await ask(browser, { files, pictures });
    expect(largestDifference(own, probabilities), ask.name).toBeLessThan(TOLERANCE);
  }
}
